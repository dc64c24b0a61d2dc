"""Hints reach every reader once, whatever order the database numbers them in."""

import asyncio
from datetime import timedelta

import pytest

from core import clock
from core.db import db, reading, unit_of_work
from core.live.hints import KEPT, hint, prune
from core.live.models import LiveHint
from core.live.watcher import Reader, Watcher, missed, position


@pytest.fixture
def hinted(app):
    """A maker of hints, each in a transaction of its own."""

    def make(topic, ref=""):
        with unit_of_work(app):
            hint(topic, ref)

    return make


@pytest.fixture
def watcher(app):
    made = Watcher(app)
    made.start()
    yield made
    made.stop()


async def heard(watcher, act, count):
    """Return the topics that a screen hears after an act."""
    reader = Reader(asyncio.get_running_loop())
    watcher.join(reader)
    await asyncio.to_thread(act)
    found = [await asyncio.wait_for(reader.queue.get(), 5) for _ in range(count)]
    await asyncio.sleep(0.5)
    watcher.leave(reader)
    assert reader.queue.empty()
    return [(each.topic, each.ref) for each in found]


def test_an_act_is_heard_once_by_each_screen(watcher, hinted):
    def act():
        hinted("deals", "SO-1")
        hinted("tasks")

    assert asyncio.run(heard(watcher, act, 2)) == [("deals", "SO-1"), ("tasks", "")]


def test_what_was_rolled_back_is_not_heard(app, watcher, hinted):
    def fail():
        with unit_of_work(app):
            hint("deals", "never")
            raise RuntimeError

    def act():
        with pytest.raises(RuntimeError):
            fail()
        hinted("deals", "SO-2")

    assert asyncio.run(heard(watcher, act, 1)) == [("deals", "SO-2")]


@pytest.mark.postgresql_only
def test_a_number_taken_before_but_committed_later_is_not_lost(app, watcher, hinted):
    # Given a slow transaction that has its number already,
    def act():
        with unit_of_work(app):
            hint("deals", "slow")
            db.session.flush()
            with db.engine.connect() as other:
                late = LiveHint.__table__.insert().values(topic="deals", ref="fast", at=clock.now())
                other.execute(late)
                other.commit()
            # the watcher has seen the later number long before
            asyncio.run(asyncio.sleep(0.6))

    # both are heard, each once.
    found = asyncio.run(heard(watcher, act, 2))
    assert found == [("deals", "fast"), ("deals", "slow")]


def test_a_screen_that_was_away_is_told_what_it_missed(app, hinted):
    hinted("deals", "SO-1")
    with reading(app):
        seen = position()
    hinted("deals", "SO-2")
    hinted("tasks")

    with reading(app):
        told = [(each.topic, each.ref) for each in missed(seen) or ()]

    assert told[-2:] == [("deals", "SO-2"), ("tasks", "")]


def test_a_screen_that_was_away_too_long_is_told_to_read_everything(app, hinted):
    # Given a screen that saw a hint of more than an hour ago,
    hinted("deals", "SO-1")
    with unit_of_work(app):
        seen = position()
        db.session.get_one(LiveHint, seen).at = clock.now() - KEPT - timedelta(minutes=1)
    hinted("deals", "SO-2")

    # when old hints are dropped,
    with unit_of_work(app):
        prune()

    # then nobody knows any more what it missed; what is young stays.
    with reading(app):
        assert missed(seen) is None
        assert position() > seen


def test_numbers_are_never_used_again_after_pruning(app, hinted):
    hinted("deals", "SO-1")
    with unit_of_work(app):
        before = position()
        db.session.get_one(LiveHint, before).at = clock.now() - KEPT * 2
        db.session.flush()
        prune()
    hinted("deals", "SO-2")

    with reading(app):
        assert position() > before
