"""Take over orders from elsewhere as settled history: sold, delivered and paid."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from core.clock import today
from core.errors import InvalidInput
from core.imports.columns import Day, Money, Quantity, Text
from core.imports.importer import Importer, Terms, register
from core.imports.sheets import Entry, Problem, Sheet
from core.products.drafts import checked
from modules.sales.past import (
    Books,
    PastOrder,
    buyers_of,
    goods_of,
    known,
    product_draft,
    written_here,
)

#: Rows of the check that are compared with the books at once.
_BATCH = 500


class PastOrders(Importer[PastOrder]):
    """Orders of the past: figures and timeline count, nothing else follows from them."""

    kind = "orders"
    title = _l("Orders of the past")
    permission = "sales.approve"
    icon = "receipt"
    sheet = Sheet(
        PastOrder,
        order_ref=Text(
            _l("Order number"),
            ("order_ref", "order", "order no", "订单号", "订单编号", "单号"),
            unique=True,
            longest=40,
        ),
        ordered_on=Day(
            _l("Ordered on"), ("ordered_on", "date", "order date", "下单日期", "日期", "订单日期")
        ),
        customer_ref=Text(
            _l("Customer number"),
            ("customer_ref", "customer", "customer code", "客户编号", "客户编码", "客户"),
            longest=60,
        ),
        sku=Text(
            _l("Product number"),
            ("sku", "product", "item", "产品编号", "商品编号", "货号"),
            longest=60,
        ),
        quantity=Quantity(_l("Quantity"), ("quantity", "qty", "数量")),
        amount=Money(_l("Amount"), ("amount", "total", "金额", "价税合计")),
        unit=Text(_l("Unit"), ("unit", "单位"), required=False, default="", longest=20),
    )

    def check(self, entries: Iterable[Entry[PastOrder]], terms: Terms, /) -> Iterator[Problem]:
        """Hold every row against the rules of numbers and days, and against the books."""
        rows, day = iter(entries), today()
        good_skus: set[str] = set()
        while batch := list(islice(rows, _BATCH)):
            own = written_here([entry.value.order_ref for entry in batch])
            for entry in batch:
                yield from self._wrong(entry, own, day)
                if entry.value.sku not in good_skus:
                    yield from self._wrong_product(entry, terms)
                    good_skus.add(entry.value.sku)

    def apply(self, entries: Sequence[Entry[PastOrder]], terms: Terms, /) -> int:
        """Take over the orders that are not in the books yet."""
        rows = [entry.value for entry in entries]
        taken = known([row.order_ref for row in rows])
        rows = [row for row in rows if row.order_ref not in taken]
        if not rows:
            return 0
        customers, products = buyers_of(rows), goods_of(rows, terms.currency)
        books = Books(terms.currency)
        for row in rows:
            books.enter(row, customers[row.customer_ref], products[row.sku])
        books.write()
        return len(rows)

    def _wrong(self, entry: Entry[PastOrder], own: set[str], day: date) -> Iterator[Problem]:
        row = entry.value
        if "/" in row.order_ref:
            reason = _("An order number cannot contain a slash. Write it with a dash.")
            yield self.problem(entry, "order_ref", reason)
        if row.order_ref in own:
            reason = _("This number belongs to an order that was written here. Use another one.")
            yield self.problem(entry, "order_ref", reason)
        if row.ordered_on > day:
            reason = _("This day is still to come. Orders of the past lie before today.")
            yield self.problem(entry, "ordered_on", reason)

    def _wrong_product(self, entry: Entry[PastOrder], terms: Terms) -> Iterator[Problem]:
        try:
            checked(product_draft(entry.value, terms.currency))
        except InvalidInput as error:
            for field, reason in error.errors.items():
                yield self.problem(entry, field if field in ("sku", "unit") else "amount", reason)


register(PastOrders())
