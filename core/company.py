"""The company that uses this installation: one row, read once in each request."""

import secrets
from dataclasses import dataclass
from datetime import date

from flask import g
from sqlalchemy import Date, String, select
from sqlalchemy.orm import Mapped, mapped_column

from bus.kept import Kept
from core.db import Base, connection, db


class CompanyRow(Base):
    """The one row of company settings."""

    __tablename__ = "core_company"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    currency: Mapped[str] = mapped_column(String(3))
    language: Mapped[str] = mapped_column(String(20))
    timezone: Mapped[str] = mapped_column(String(60))
    phone: Mapped[str] = mapped_column(String(60), default="")
    address: Mapped[str] = mapped_column(String(300), default="")
    tax_number: Mapped[str] = mapped_column(String(40), default="")
    bank_account: Mapped[str] = mapped_column(String(200), default="")
    is_sample: Mapped[bool] = mapped_column(default=False)
    #: While the sample company is being loaded: the last day that it has lived through.
    lived_to: Mapped[date | None] = mapped_column(Date)
    secret_key: Mapped[str] = mapped_column(String(80), default=lambda: secrets.token_urlsafe(48))


@dataclass(frozen=True)
class Company:
    """What the screens and papers say about the company."""

    name: str = "Lamplit"
    currency: str = "CNY"
    language: str = "zh_Hans_CN"
    timezone: str = "Asia/Shanghai"
    phone: str = ""
    address: str = ""
    tax_number: str = ""
    bank_account: str = ""
    is_sample: bool = False


def company() -> Company:
    """Return the company's settings; the presets before it has been set up."""
    found: Company | None = g.get("lamplit_company")
    if found is None:
        found = g.lamplit_company = _load()
    return found


_FIELDS = [CompanyRow.__table__.c[name] for name in Company.__dataclass_fields__]
_READING = Kept(select(*_FIELDS).where(CompanyRow.__table__.c.id == 1))


def _load() -> Company:
    row = _READING.first(connection(), {})
    return Company(*row) if row else Company()


def found_company(settings: Company) -> None:
    """Write the company's one row when the installation is set up."""
    fields = {name: getattr(settings, name) for name in Company.__dataclass_fields__}
    db.session.add(CompanyRow(id=1, **fields))
    db.session.flush()
    g.lamplit_company = settings


def describe_company(settings: Company) -> None:
    """Change the company's row to these settings."""
    row = db.session.get_one(CompanyRow, 1)
    for name in Company.__dataclass_fields__:
        setattr(row, name, getattr(settings, name))
    db.session.flush()
    g.lamplit_company = settings


def secret_key() -> str:
    """Return the key that signs cookies and tickets; shared by every process on the database."""
    row = db.session.get(CompanyRow, 1)
    # Before the set-up nothing lasting is signed, so a passing key does.
    return row.secret_key if row else secrets.token_urlsafe(48)
