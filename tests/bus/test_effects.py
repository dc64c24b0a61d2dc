"""What leaves the house is noted once, sent after the commit, and never sent for history."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

import bus
from bus.tables import bus_effect
from tests.bus.company import Killed, a_listener, a_number_event, things


@pytest.fixture
def letters():
    """Whatever was sent, oldest first; the post office is open."""
    sent = []

    @bus.sends("letter", max_attempts=3)
    def send(effect):
        sent.append(effect)
        return f"stamp {len(sent)}"

    return sent


def effects(company):
    with company.reading() as session:
        return session.execute(select(bus_effect).order_by(bus_effect.c.id)).all()


def wait_out(company):
    """Let every back-off and every lease be over."""
    with company.unit_of_work() as session:
        session.execute(
            bus_effect.update().values(next_at=bus.runtime.runtime().clock() - timedelta(1))
        )


def write_to(given):
    bus.note_effect("letter", {"number": given.number})


def test_a_letter_is_sent_after_the_commit_with_a_key_of_its_event(company, letters):
    counted = a_number_event()
    a_listener("finance", counted, first=write_to)
    company.open_for_business()
    (stored,) = company.publish(counted(thing_id=things(1)[0], number=7))

    bus.drain("finance")
    assert letters == []
    assert bus.send_effects() == 1

    assert [(each.key, dict(each.payload)) for each in letters] == [
        (f"letter/finance/{stored.id}", {"number": 7})
    ]
    (row,) = effects(company)
    assert (row.status, row.reference, row.attempts) == (2, "stamp 1", 1)
    assert bus.send_effects() == 0


def test_a_handler_that_fails_has_written_no_letter(company, letters):
    counted = a_number_event()

    def write_and_fail(given):
        write_to(given)
        raise ValueError("after the letter")

    a_listener("finance", counted, first=write_and_fail)
    company.open_for_business()
    company.publish(counted(thing_id=things(1)[0], number=7))

    bus.drain("finance")

    assert effects(company) == []


def test_a_module_that_catches_up_writes_no_letters(company, letters):
    counted = a_number_event()
    a_listener("finance", counted, first=write_to)
    company.open_for_business()
    with company.unit_of_work():
        bus.disable("finance")
    company.publish(counted(thing_id=things(1)[0], number=1))
    with company.unit_of_work():
        bus.enable("finance")

    bus.catch_up("finance")

    assert company.heard_by("finance") == [1]
    assert effects(company) == []


def test_settled_history_makes_no_letters(company, letters):
    counted = a_number_event()
    a_listener("finance", counted, first=write_to)
    company.open_for_business()
    company.publish(counted(thing_id=things(1)[0], number=1, historical=True))

    bus.drain("finance")

    assert company.heard_by("finance") == [1]
    assert effects(company) == []


def test_a_batch_handler_says_what_each_letter_is_about(company, letters):
    counted = a_number_event()

    def write_to_all(given):
        for each in given:
            bus.note_effect("letter", {"number": each.number}, key="thanks", about=each)

    a_listener("finance", counted, batch=True, first=write_to_all)
    company.open_for_business()
    company.publish(*(counted(thing_id=thing, number=n) for n, thing in enumerate(things(3))))

    bus.drain("finance")
    bus.send_effects()

    assert sorted(each.payload["number"] for each in letters) == [0, 1, 2]
    assert len({each.key for each in letters}) == 3


def test_outside_a_handler_a_key_is_asked_for_and_counts_once(company, letters):
    with company.unit_of_work():
        with pytest.raises(bus.DeclarationError):
            bus.note_effect("letter", {})
        assert bus.note_effect("letter", {"to": "Li"}, key="greeting 2026")
        assert not bus.note_effect("letter", {"to": "Li"}, key="greeting 2026")

    bus.send_effects()

    assert len(letters) == 1


def test_what_cannot_be_sent_is_tried_again_and_then_waits_for_a_person(company):
    tries = []

    @bus.sends("letter", max_attempts=3)
    def send(effect):
        tries.append(effect.attempt)
        raise OSError("the post office is closed")

    with company.unit_of_work():
        bus.note_effect("letter", {}, key="k")
    for _ in range(5):
        bus.send_effects()
        wait_out(company)

    assert tries == [1, 2, 3]
    (row,) = effects(company)
    assert (row.status, row.error_class) == (1, "OSError")
    assert "the post office is closed" in row.error


def test_what_can_never_be_sent_is_not_tried_again(company):
    @bus.sends("letter")
    def send(effect):
        raise bus.Poison("no address")

    with company.unit_of_work():
        bus.note_effect("letter", {}, key="k")

    assert bus.send_effects() == 1
    assert effects(company)[0].status == 1


def test_a_crash_after_sending_repeats_it_with_the_same_key(company):
    sent = []

    @bus.sends("letter")
    def send(effect):
        sent.append(effect.key)
        if len(sent) == 1:
            raise Killed

    with company.unit_of_work():
        bus.note_effect("letter", {}, key="k")
    with pytest.raises(Killed):
        bus.send_effects()
    assert bus.send_effects() == 0  # the first sender may still be alive
    wait_out(company)

    assert bus.send_effects() == 1
    assert sent == ["letter/k", "letter/k"]


def test_a_letter_that_kills_its_sender_every_time_is_given_up(company):
    @bus.sends("letter", max_attempts=2)
    def send(effect):
        raise Killed

    with company.unit_of_work():
        bus.note_effect("letter", {}, key="k")
    for _ in range(2):
        with pytest.raises(Killed):
            bus.send_effects()
        wait_out(company)

    assert bus.send_effects() == 1
    assert [(row.status, row.error_class) for row in effects(company)] == [(1, "ProcessDied")]


def test_kinds_that_nobody_here_can_send_wait(company, letters):
    with company.unit_of_work():
        bus.note_effect("telegram", {}, key=str(uuid4()))

    assert bus.send_effects() == 0
    assert effects(company)[0].status == 0


def test_what_waits_is_read_along_an_index_of_its_own(company):
    plan = company.plan(bus.unsent_effects)

    assert "ix_bus_effect_waiting" in plan
