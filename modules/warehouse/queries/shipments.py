"""Look up shipments: one, a list, and how many wait at each stage."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, bindparam, func, or_, select, tuple_

from bus.kept import Kept
from core.clock import today
from core.db import connection, db
from core.paging import Page, decode, encode
from core.search import index
from modules.warehouse.errors import ShipmentNotFound
from modules.warehouse.models import (
    DELIVERED,
    OPEN,
    SHIPMENTS,
    SHIPPED,
    SOME_DAY,
    Dispatch,
    Shipment,
)
from modules.warehouse.queries import stages


def shipment(id_: UUID) -> Shipment:
    """Return the shipment with this id.

    Raises:
        ShipmentNotFound: when there is none.
    """
    found = SHIPMENTS.read("id", [id_])
    if not found:
        raise ShipmentNotFound(shipment_id=str(id_))
    return found[id_]


_DISPATCHES = Dispatch.__table__
_SHIPMENTS = Shipment.__table__
_DEAL_OF = Kept(select(_SHIPMENTS.c.deal_id).where(_SHIPMENTS.c.id == bindparam("id")))
_HAS_LEFT = Kept(select(_DISPATCHES.c.document).where(_DISPATCHES.c.shipment_id == bindparam("id")))


def has_left(id_: UUID) -> bool:
    """Tell whether a shipment was sent off, also before its row says so."""
    return _HAS_LEFT.scalar(connection(), {"id": id_}) is not None


def deal_of(id_: UUID) -> UUID:
    """Return the deal of a shipment; raises ShipmentNotFound."""
    found: UUID | None = _DEAL_OF.scalar(connection(), {"id": id_})
    if found is None:
        raise ShipmentNotFound(shipment_id=str(id_))
    return found


def of_deal(deal_id: UUID) -> Sequence[Shipment]:
    """Return the shipments of a deal, in the order in which they were opened."""
    query = select(Shipment).where(Shipment.deal_id == deal_id).order_by(Shipment.position)
    return db.session.scalars(query).all()


def shipments(
    *,
    stage: str = "",
    state: str = "",
    q: str = "",
    number: str = "",
    limit: int = 50,
    after: str | None = None,
) -> Page[Shipment]:
    """Return shipments, those promised first first, a page at a time."""
    query = _chosen(stage, state, q, number)
    key = (Shipment.ship_by, Shipment.number, Shipment.position)
    if after:
        query = query.where(tuple_(*key) > tuple_(*decode(after, "date", "str", "int")))
    rows = db.session.scalars(query.order_by(*key).limit(limit + 1)).all()
    last = rows[limit - 1] if len(rows) > limit else None
    next_ = encode(last.ship_by, last.number, last.position) if last else None
    return Page(rows[:limit], next_)


def latest(state: str, *, q: str = "", limit: int = 50, after: str | None = None) -> Page[Shipment]:
    """Return shipments in a state, those that came into it last first."""
    query = _chosen("", state, q, "")
    key = (Shipment.moved_at, Shipment.id)
    if after:
        moment, id_ = decode(after, "str", "uuid")
        query = query.where(tuple_(*key) < tuple_(datetime.fromisoformat(moment), id_))
    query = query.order_by(*(column.desc() for column in key)).limit(limit + 1)
    rows = db.session.scalars(query).all()
    last = rows[limit - 1] if len(rows) > limit else None
    return Page(rows[:limit], encode(last.moved_at.isoformat(), last.id) if last else None)


def _chosen(stage: str, state: str, q: str, number: str) -> Select[Shipment]:
    query = select(Shipment)
    if stage:
        query = query.where(stages.condition(stage))
    if state:
        query = query.where(Shipment.state == state)
    if number:
        query = query.where(Shipment.number == number)
    return _matching(query, q) if q.strip() else query


def _matching(query: Select[Shipment], q: str) -> Select[Shipment]:
    """Keep what answers the filter: the order, its customer, its goods or the delivery note."""
    found = [
        column.in_(wanted)
        for column, wanted in (
            (Shipment.number, index.refs_matching("order", q)),
            (Shipment.customer_id, index.customers_matching(q)),
        )
        if wanted is not None
    ]
    note = Shipment.document.ilike(f"%{q.strip()}%")
    return query.where(or_(note, *found))


def counts() -> dict[str, int]:
    """Return how many shipments stand at each stage, in one look at those that are open."""
    held, short = stages.held().label("held"), stages.short().label("short")
    rows = select(held, short).where(Shipment.state == OPEN).subquery()
    each = select(rows.c.held, rows.c.short, func.count()).group_by(rows.c.held, rows.c.short)
    found = dict.fromkeys(stages.STAGES, 0)
    for is_held, is_short, count in db.session.execute(each):
        stage = stages.HELD if is_held else stages.SHORT if is_short else stages.READY
        found[stage] += count
        found[stages.TO_SHIP] += count
    gone = select(Shipment.state, func.count()).where(Shipment.state != OPEN)
    sums = dict(db.session.execute(gone.group_by(Shipment.state)).all())
    found[stages.ON_THE_WAY], found[stages.DONE] = sums.get(SHIPPED, 0), sums.get(DELIVERED, 0)
    return found


def due_count() -> int:
    """Return how many shipments are promised until today or for no day; the menu shows it."""
    due = or_(Shipment.ship_by <= today(), Shipment.ship_by == SOME_DAY)
    query = select(func.count()).select_from(Shipment).where(Shipment.state == OPEN, due)
    return db.session.scalar(query) or 0


def open_days() -> Sequence[tuple[object, int]]:
    """Return how many open shipments are promised for each day."""
    query = select(Shipment.promised_on, func.count()).where(Shipment.state == OPEN)
    return [(day, count) for day, count in db.session.execute(query.group_by(Shipment.promised_on))]


def dispatches(shipment_ids: Iterable[UUID]) -> dict[UUID, Dispatch]:
    """Return how these shipments left, as far as the warehouse sent them itself."""
    query = select(Dispatch).where(Dispatch.shipment_id.in_(set(shipment_ids)))
    return {row.shipment_id: row for row in db.session.scalars(query)}


def left_since(moment: datetime) -> list[datetime]:
    """Return when shipments left after a moment, for the chart of the last days."""
    query = select(Shipment.shipped_at).where(Shipment.shipped_at >= moment)
    return [at for at in db.session.scalars(query) if at is not None]
