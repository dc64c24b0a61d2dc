"""Files of products."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask_babel import lazy_gettext as _l

from core.errors import InvalidInput
from core.imports.columns import Flag, Money, Percent, Text, Whole
from core.imports.importer import Importer, Terms
from core.imports.sheets import Entry, Problem, Sheet
from core.products.drafts import LONGEST_WARRANTY, ProductDraft, checked
from core.products.queries import products_by_sku
from core.products.services import create_products


@dataclass(frozen=True)
class ProductLine:
    """A product as a file tells it."""

    sku: str
    name: str
    unit: str
    price: Decimal
    currency: str
    tax_rate: Decimal
    lots: bool
    serials: bool
    warranty_months: int

    def draft(self, currency: str) -> ProductDraft:
        """Return the product as it would be entered on the screen."""
        fields = {name: getattr(self, name) for name in ProductDraft.__annotations__}
        return ProductDraft(**{**fields, "currency": self.currency or currency})


class Products(Importer[ProductLine]):
    """Products: known again by their number."""

    kind = "products"
    title = _l("Products")
    permission = "core.administer"
    icon = "box-seam"
    sheet = Sheet(
        ProductLine,
        sku=Text(
            _l("Product number"),
            ("sku", "code", "item no", "产品编号", "商品编号", "货号", "编码", "型号"),
            unique=True,
            longest=60,
        ),
        name=Text(
            _l("Name"),
            (
                "product",
                "product name",
                "item",
                "description",
                "品名",
                "名称",
                "产品名称",
                "商品名称",
            ),
        ),
        unit=Text(_l("Unit"), ("uom", "单位", "计量单位"), longest=20),
        price=Money(_l("Price"), ("unit price", "list price", "单价", "含税单价", "售价", "标价")),
        currency=Text(_l("Currency"), ("币种", "货币"), required=False, default="", longest=3),
        tax_rate=Percent(
            _l("Tax rate"), ("tax", "vat", "税率"), required=False, default=Decimal(0)
        ),
        lots=Flag(_l("Has lots"), ("lots", "lot", "批次", "批次管理")),
        serials=Flag(_l("Has serial numbers"), ("serials", "serial", "序列号", "序列号管理")),
        warranty_months=Whole(
            _l("Warranty in months"),
            ("warranty", "warranty months", "保修", "保修期", "保修月数"),
            required=False,
            default=0,
            most=Decimal(LONGEST_WARRANTY),
        ),
    )

    def check(self, entries: Iterable[Entry[ProductLine]], terms: Terms, /) -> Iterator[Problem]:
        """Hold every row against the rules of the screen."""
        for entry in entries:
            try:
                checked(entry.value.draft(terms.currency))
            except InvalidInput as error:
                for field, reason in error.errors.items():
                    yield self.problem(entry, field, reason)

    def apply(self, entries: Sequence[Entry[ProductLine]], terms: Terms, /) -> int:
        """Enter the products that are not there yet."""
        known = products_by_sku(entry.value.sku for entry in entries)
        drafts = [checked(entry.value.draft(terms.currency)) for entry in entries]
        return len(create_products([each for each in drafts if each.sku not in known]))
