"""Who listens to what in a run, and how the listeners misbehave.

No handler is idempotent: each adds a row and adds to a sum, so that a second hearing shows.
"""

from collections import Counter
from uuid import UUID

from sqlalchemy import Column, Integer, MetaData, String, Table, Uuid, bindparam, insert, update

import bus
from bus.kept import Kept
from bus.rows import by_name
from tests.simulator.faults import SimCrash
from tests.simulator.world import World

SUBSCRIBERS = ("finance", "warehouse", "service")
#: Moods in which an event comes, and how likely each is.
MOODS = {"plain": 30, "shaky": 5, "poison": 1, "deadly": 1, "hopeless": 1, "newer": 1, "history": 2}

metadata = MetaData()
#: What the publisher keeps beside its event, in the same transaction.
act = Table("sim_act", metadata, Column("number", Integer, primary_key=True))
heard = Table(
    "sim_heard",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("subscriber", String, nullable=False),
    Column("pos", Integer, nullable=False),
    Column("aggregate_id", Uuid, nullable=False),
    Column("seq", Integer, nullable=False),
)
total = Table(
    "sim_total",
    metadata,
    Column("subscriber", String, primary_key=True),
    Column("positions", Integer, nullable=False),
)
_HEARD = Kept(insert(heard).values(by_name("subscriber", "pos", "aggregate_id", "seq")))
_ADDED = Kept(
    update(total)
    .where(total.c.subscriber == bindparam("name"))
    .values(positions=total.c.positions + bindparam("more"))
)


class Cast:
    """The declared events and listeners; they act in the world of the present run."""

    def __init__(self) -> None:
        self.world: World
        self.tries: Counter[tuple[str, int]] = Counter()
        self.deadly: set[tuple[str, int]] = set()
        #: From when on the processes know what a newer one published.
        self.is_upgraded = False
        self.counted = self._declare()

    def enter(self, world: World) -> None:
        """Act in this world from now on."""
        self.world = world
        self.tries.clear()
        self.deadly.clear()
        self.is_upgraded = False

    def deadly_tries(self) -> dict[tuple[str, int], int]:
        """How often each event was tried that kills whoever tries it."""
        return {key: count for key, count in self.tries.items() if key in self.deadly}

    def _declare(self) -> type[bus.Event]:
        @bus.event("shop.counted", aggregate="thing_id")
        class Counted(bus.Event):
            """Somebody has counted one further."""

            thing_id: UUID
            number: int
            mood: str
            victim: str
            historical: bool = False

        @bus.event("shop.echoed", aggregate="thing_id")
        class Echoed(bus.Event):
            """The warehouse answers."""

            thing_id: UUID
            number: int

        @bus.subscribe(subscriber="finance")
        def book(given: Counted) -> None:
            self._hear(given)

        @bus.subscribe(subscriber="finance")
        def book_echo(given: Echoed) -> None:
            self._note(given)

        @bus.subscribe(subscriber="warehouse", batch=True)
        def store(given: list[Counted]) -> None:
            for each in given:
                self._hear(each)
                if each.number % 4 == 0:
                    bus.publish(Echoed(thing_id=each.thing_id, number=-each.number))

        @bus.subscribe(subscriber="service", historical=False)
        def serve(given: Counted) -> None:
            self._hear(given)

        bus.subscriber_policy("finance", max_attempts=3)
        bus.subscriber_policy("warehouse", max_attempts=4)
        bus.subscriber_policy("service", max_attempts=3, on_dead="continue")
        return Counted

    def _hear(self, given: bus.Event) -> None:
        self.world.faults.point("before the handler")
        self._note(given)
        self._misbehave(given)
        self.world.faults.point("after the handler")

    def _note(self, given: bus.Event) -> None:
        delivery = bus.delivery_context()
        envelope = delivery.of(given)
        connection = self.world.session().connection()
        place = {"subscriber": delivery.subscriber, "pos": envelope.pos}
        place |= {"aggregate_id": envelope.aggregate_id, "seq": envelope.seq}
        _HEARD.run(connection, place)
        _ADDED.run(connection, {"name": delivery.subscriber, "more": envelope.pos})

    def _misbehave(self, given: bus.Event) -> None:
        delivery = bus.delivery_context()
        if given.victim != delivery.subscriber:
            return
        key = (delivery.subscriber, delivery.of(given).pos)
        self.tries[key] += 1
        if given.mood == "poison":
            raise bus.Poison("never")
        if given.mood == "newer" and not self.is_upgraded:
            raise bus.NewerVersion("not yet")
        if given.mood == "hopeless" or (given.mood == "shaky" and self.tries[key] <= 2):
            raise ValueError("not now")
        if given.mood == "deadly" and self.world.faults.active:
            self.deadly.add(key)
            self.world.faults.fired["a handler kills its process"] += 1
            raise SimCrash("a deadly event")
