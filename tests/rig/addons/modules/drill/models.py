"""What was heard, as it was heard: written without looking, so a second time would be seen."""

from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base


class Heard(Base):
    """One hearing of one event, in the order of hearing."""

    __tablename__ = "drill_heard"

    id: Mapped[int] = mapped_column(primary_key=True)
    subscriber: Mapped[str]
    aggregate_id: Mapped[UUID] = mapped_column(index=True)
    seq: Mapped[int]


class Shelf(Base):
    """A row that two handlers want, each after another one."""

    __tablename__ = "drill_shelf"

    id: Mapped[int] = mapped_column(primary_key=True)
    taken: Mapped[int] = mapped_column(default=0)
