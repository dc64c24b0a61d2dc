"""What the processes of a run do: publish, deliver, and administer."""

from uuid import UUID

from sqlalchemy import insert, select, text
from sqlalchemy.exc import OperationalError

import bus
from bus import actors as messages
from bus import subscribers
from bus.subscribers import State
from bus.sweeper import EVERY, Sweeper
from bus.tables import bus_delivery, bus_event
from tests.simulator.cast import MOODS, SUBSCRIBERS, Cast, act
from tests.simulator.ledger import Ledger
from tests.simulator.network import Network
from tests.simulator.world import Process, World

THINGS = [UUID(int=number) for number in range(1, 4)]


class Company:
    """Everybody who works in one run."""

    def __init__(self, world: World, cast: Cast, ledger: Ledger, acts: int) -> None:
        self.world, self.cast, self.ledger = world, cast, ledger
        self.network = Network(world)
        self.acts_left = acts
        self._number = 0

    def open(self) -> None:
        """Start the processes."""
        self.world.begin("web", self._web)
        self.world.begin("office", self._office)
        for number in (1, 2):
            self.world.begin(f"worker{number}", self._worker)

    # Publishing

    def _web(self, process: Process) -> None:
        for number in (1, 2):
            self.world.add(process, f"clerk{number}", self._clerk)

    def _clerk(self) -> None:
        while self.acts_left > 0:
            self.acts_left -= 1
            self.world.sleep(self.world.chance.random() * 1.5)
            self._act()

    def _act(self) -> None:
        chance = self.world.chance
        events = [self._an_event() for _ in range(chance.choice((1, 1, 1, 2, 5)))]
        numbers = [event.number for event in events]
        self.ledger.attempted.update(numbers)
        try:
            with self.world.unit_of_work() as session:
                session.execute(insert(act), [{"number": number} for number in numbers])
                bus.publish_many(events)
        except OperationalError:
            self.world.note(f"does not know what became of {numbers}")
        else:
            self.ledger.acknowledged.update(numbers)
            self.world.note(f"published {numbers}")

    def _an_event(self) -> bus.Event:
        chance = self.world.chance
        self._number += 1
        mood = chance.choices(list(MOODS), list(MOODS.values()))[0]
        return self.cast.counted(
            thing_id=chance.choice(THINGS),
            number=self._number,
            mood=mood,
            victim=chance.choice(SUBSCRIBERS),
            historical=mood == "history",
        )

    # Delivering

    def _worker(self, process: Process) -> None:
        self.world.add(process, "sweeper", self._sweep)
        for number in (1, 2):
            self.world.add(process, f"thread{number}", self._consume)

    def _sweep(self) -> None:
        sweeper = Sweeper(self.network)
        while True:
            self.world.sleep(EVERY * (0.5 + self.world.chance.random()))
            try:
                sweeper.sweep()
            except Exception as error:
                self.world.note(f"a sweep failed: {error!r:.60}")

    def _consume(self) -> None:
        while True:
            poke = self.network.take()
            if poke is None:
                self.world.sleep(0.1)
                continue
            what, name = poke
            self.world.note(f"is poked to {what} {name}")
            (messages._drain if what == "drain" else messages._replay)(name)

    # Administering

    def _office(self, process: Process) -> None:
        self.world.add(process, "administrator", self._administer)

    def _administer(self) -> None:
        chance = self.world.chance
        while True:
            self.world.sleep(chance.random() * 1.5)
            name = chance.choice(SUBSCRIBERS)
            verb = chance.choice(("switch", "switch", "pause", "resume", "resume", "mend", "prove"))
            try:
                getattr(self, f"_{verb}")(name)
            except (OperationalError, bus.BusError) as error:
                self.world.note(f"could not {verb} {name}: {error!r:.60}")
            else:
                self.world.note(f"{verb} {name}")

    def _switch(self, name: str) -> None:
        """Off if it is on, on if it is off."""
        with self.world.unit_of_work() as session:
            is_off = subscribers.get(session.connection(), name).state == State.DISABLED
            (bus.switch.enable if is_off else bus.switch.disable)(name)

    def _pause(self, name: str) -> None:
        with self.world.unit_of_work():
            bus.pause(name)

    def _resume(self, name: str) -> None:
        with self.world.unit_of_work():
            bus.resume(name)

    def _mend(self, name: str) -> None:
        """Retry or skip the oldest dead letter."""
        with self.world.unit_of_work() as session:
            dead = session.execute(
                select(bus_event.c.id, bus_event.c.pos)
                .join(bus_delivery, bus_delivery.c.event_pos == bus_event.c.pos)
                .where(bus_delivery.c.subscriber == name, text("status = 1"))
                .order_by(bus_event.c.pos)
            ).first()
            if dead is None:
                return
            if self.world.chance.random() < 0.5:
                bus.retry(name, dead.id, by="Wang")
            else:
                bus.skip(name, dead.id, by="Wang", reason="unreadable")
        self.ledger.mended.add((name, dead.pos))

    def _prove(self, _name: str) -> None:
        self.ledger.found_missing += bus.reconcile()
        bus.forget()

    def open_everything(self) -> None:
        """What an administrator does when the trouble is over."""
        for name in SUBSCRIBERS:
            with self.world.looking():
                bus.switch.enable(name)
                bus.resume(name)
