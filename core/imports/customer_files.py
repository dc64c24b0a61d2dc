"""Files of customers."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import and_, select

from core.customers.checking import checked
from core.customers.drafts import AddressDraft, CustomerDraft, PhoneDraft
from core.customers.models import Customer, CustomerPhone
from core.customers.phones import parse_phone
from core.customers.queries import ids_by_code
from core.customers.services import create_customers
from core.db import db
from core.errors import InvalidInput
from core.imports.columns import BETWEEN_PHONES, Column, Several, Text, Unusable, Whole
from core.imports.importer import Importer, Terms
from core.imports.sheets import Entry, Problem, Sheet
from core.text import tidy

#: By what a customer without a number is known again: name and first telephone.
Identity = tuple[str, str]


#: Columns that say the same as the fields of the form.
_FACTS = (
    *("kind", "area", "title", "birthday", "resident_id", "household_size", "pay_day"),
    *("uscc", "email", "prefers", "tags"),
)
_BETWEEN_TAGS = re.compile(r"[,，、;；|\n]")
_COMPANY = frozenset(("company", "公司", "单位", "企业"))


@dataclass(frozen=True)
class Kind(Column):
    """Person or company, in either language."""

    required: bool = False
    default: Any = "person"

    def parse(self, text: str) -> str:
        word = text.casefold().strip()
        if word in _COMPANY:
            return "company"
        if word in ("person", "个人", "人"):
            return "person"
        raise Unusable(_('Enter "person" or "company".'))


def _words(label: LazyString, names: tuple[str, ...], longest: int) -> Text:
    return Text(label, names, required=False, default="", longest=longest)


@dataclass(frozen=True)
class CustomerLine:
    """A customer as a file tells it."""

    name: str
    code: str | None = None
    phones: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    contact: str = ""
    note: str = ""
    kind: str = "person"
    area: str = ""
    title: str = ""
    birthday: str = ""
    resident_id: str = ""
    household_size: int | None = None
    pay_day: int | None = None
    uscc: str = ""
    email: str = ""
    prefers: str = ""
    tags: tuple[str, ...] = ()

    def draft(self) -> CustomerDraft:
        """Return the customer as it would be entered on the screen."""
        return CustomerDraft(
            name=self.name,
            code=self.code,
            phones=[PhoneDraft(number) for number in self.phones],
            addresses=[AddressDraft(text, contact=self.contact) for text in self.addresses],
            note=self.note,
            **{name: getattr(self, name) for name in _FACTS},
        )


class Customers(Importer[CustomerLine]):
    """Customers: known again by their number, else by name and telephone."""

    kind = "customers"
    title = _l("Customers")
    permission = "core.administer"
    icon = "people"
    sheet = Sheet(
        CustomerLine,
        name=Text(
            _l("Name"),
            (
                "customer",
                "customer name",
                "company",
                "客户",
                "客户名称",
                "姓名",
                "名称",
                "单位名称",
            ),
        ),
        code=Text(
            _l("Customer number"),
            ("code", "customer_ref", "customer code", "id", "客户编号", "客户编码", "编号", "编码"),
            required=False,
            unique=True,
            longest=60,
        ),
        phones=Several(
            _l("Phones"),
            ("phone", "mobile", "telephone", "tel", "电话", "手机", "手机号", "联系电话"),
            parted_by=BETWEEN_PHONES,
            longest=40,
        ),
        addresses=Several(
            _l("Addresses"),
            ("address", "delivery address", "地址", "收货地址", "送货地址"),
            longest=300,
        ),
        contact=Text(
            _l("Contact person"),
            ("contact", "receiver", "联系人", "收货人"),
            required=False,
            default="",
            longest=120,
        ),
        note=Text(
            _l("Note"),
            ("notes", "remarks", "备注", "说明"),
            required=False,
            default="",
            longest=4000,
        ),
        kind=Kind(_l("Person or company"), ("kind", "type", "类型", "客户类型", "性质")),
        area=_words(_l("Area"), ("district", "region", "地区", "区域", "片区"), 80),
        title=_words(_l("How to address her"), ("title", "salutation", "称呼", "称谓"), 40),
        birthday=_words(_l("Birthday"), ("birth date", "date of birth", "生日", "出生日期"), 40),
        resident_id=_words(_l("Resident ID"), ("id number", "id card", "身份证", "身份证号"), 20),
        household_size=Whole(
            _l("People in the household"),
            ("household", "household size", "家庭人数", "人口"),
            required=False,
            least=Decimal(1),
            most=Decimal(200),
        ),
        pay_day=Whole(
            _l("Pay-day"),
            ("pay day", "发薪日", "工资日"),
            required=False,
            least=Decimal(1),
            most=Decimal(31),
        ),
        uscc=_words(
            _l("Unified social credit code"),
            ("uscc", "credit code", "tax number", "统一社会信用代码", "税号"),
            20,
        ),
        email=_words(
            _l("E-mail"), ("email", "e-mail", "mail", "邮箱", "电子邮箱", "电子邮件", "邮件"), 200
        ),
        prefers=_words(_l("Preferences"), ("preference", "偏好", "喜好"), 4000),
        tags=Several(_l("Tags"), ("tag", "labels", "标签"), parted_by=_BETWEEN_TAGS, longest=60),
    )

    def check(self, entries: Iterable[Entry[CustomerLine]], _terms: Terms, /) -> Iterator[Problem]:
        """Hold every row against the rules of the screen."""
        for entry in entries:
            try:
                checked(entry.value.draft())
            except InvalidInput as error:
                for field, reason in error.errors.items():
                    yield self.problem(entry, field.partition(".")[0], reason)

    def apply(self, entries: Sequence[Entry[CustomerLine]], _terms: Terms, /) -> int:
        """Open a card for everybody who has none."""
        lines = [entry.value for entry in entries]
        codes = ids_by_code(line.code for line in lines if line.code)
        met = _met([line.name for line in lines if not line.code])
        new = []
        for line in lines:
            if line.code in codes or (not line.code and _identity(line) in met):
                continue
            if not line.code:
                met.add(_identity(line))
            new.append(line.draft())
        return len(create_customers(new))


def _identity(line: CustomerLine) -> Identity:
    return tidy(line.name), parse_phone(line.phones[0]).number if line.phones else ""


def _met(names: Sequence[str]) -> set[Identity]:
    """Return by what those are known who have a card and one of these names."""
    first = and_(CustomerPhone.customer_id == Customer.id, CustomerPhone.position == 0)
    query = (
        select(Customer.name, CustomerPhone.number)
        .outerjoin(CustomerPhone, first)
        .where(Customer.name.in_({tidy(name) for name in names}))
    )
    return {(name, number or "") for name, number in db.session.execute(query)}
