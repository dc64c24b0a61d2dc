"""Who may enter: people, their roles, their open sessions and their API tokens."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.columns import UtcDateTime
from core.db import Base
from core.ids import new_id

_PERSON = "core_person.id"


class PersonRow(Base):
    """Somebody who works here, or used to: nobody is ever deleted, only deactivated."""

    __tablename__ = "core_person"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    #: Folded to lower case: nobody remembers how it was first written.
    login: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str] = mapped_column(String(200))
    #: The password was given out and must be replaced at the first sign-in.
    must_change: Mapped[bool] = mapped_column(default=False)
    #: The password is the sample company's, which the sign-in page shows to everybody.
    is_sample: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)
    #: A locale such as "zh_Hans_CN"; empty follows the browser.
    language: Mapped[str] = mapped_column(String(20), default="")
    #: The number or extension under which this person is called: as typed, and as compared.
    extension: Mapped[str] = mapped_column(String(40), default="", server_default="")
    line: Mapped[str] = mapped_column(String(24), default="", server_default="", index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime(), default=now)

    roles: Mapped[list["PersonRole"]] = relationship(
        cascade="all, delete-orphan", order_by="PersonRole.role"
    )

    @property
    def role_names(self) -> tuple[str, ...]:
        """The names of the roles given to this person."""
        return tuple(each.role for each in self.roles)


class PersonRole(Base):
    """A role given to a person; what it allows stands in the manifests."""

    __tablename__ = "core_person_role"

    person_id: Mapped[UUID] = mapped_column(ForeignKey(_PERSON), primary_key=True)
    role: Mapped[str] = mapped_column(String(60), primary_key=True)


class SessionRow(Base):
    """An open session; deleting the row ends it wherever its cookie was copied to."""

    __tablename__ = "core_session"

    #: SHA-256 of the cookie's token: who reads the table cannot enter with it.
    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(_PERSON), index=True)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime())
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime())


class ApiToken(Base):
    """A key with which another program acts as a person."""

    __tablename__ = "core_api_token"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(_PERSON), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime(), default=now)


class SignInAttempt(Base):
    """A try to sign in that has not succeeded, counted before the password is looked at."""

    __tablename__ = "core_sign_in_attempt"
    __table_args__ = (
        Index("ix_core_sign_in_attempt_login", "login", "at"),
        Index("ix_core_sign_in_attempt_address", "address", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    login: Mapped[str] = mapped_column(String(60))
    address: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(UtcDateTime())
