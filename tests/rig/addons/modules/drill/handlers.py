"""What the drill does about what it hears. None of it can be done twice without being seen."""

import os
import signal
import time
from datetime import timedelta
from pathlib import Path

from bus import Effect, delivery_context, note_effect, sends, subscribe, subscriber_policy
from core.db import db
from core.deals.facts import Paid, Sold
from modules.drill.events import LetterWanted, ShelvesWanted, TroubleMade
from modules.drill.models import Heard, Shelf

#: Trouble is mended once this file lies in the home, and letters that were sent stand in that one.
MENDED, SENT = "drill-mended", "drill-sent"

subscriber_policy("drill.trouble", max_attempts=3)


class Trouble(Exception):
    """What was asked for."""


@subscribe(acts=True)
def note_sale(_sale: Sold) -> None:
    """Write down that it was heard."""
    _note()


@subscribe(acts=True)
def note_payment(_payment: Paid) -> None:
    """Write down that it was heard."""
    _note()


@subscribe(acts=True, subscriber="drill.trouble")
def meet_trouble(trouble: TroubleMade) -> None:
    """Fail as asked, until it is mended."""
    _note()
    if trouble.what == "nothing" or _home().joinpath(MENDED).exists():
        return
    if trouble.what == "raises":
        raise Trouble
    os.kill(os.getpid(), signal.SIGKILL)


@subscribe(acts=True, subscriber="drill.left")
def take_from_the_left(_wanted: ShelvesWanted) -> None:
    """Take the first shelf, then the second."""
    _take(1, 2)


@subscribe(acts=True, subscriber="drill.right")
def take_from_the_right(_wanted: ShelvesWanted) -> None:
    """Take the second shelf, then the first."""
    _take(2, 1)


@subscribe(acts=True, subscriber="drill.post")
def want_letter(wanted: LetterWanted) -> None:
    """Note the letter."""
    _note()
    note_effect("drill.letter", {"deadly": wanted.deadly})


@sends("drill.letter", patience=timedelta(seconds=3))
def send_letter(letter: Effect) -> str:
    """Send it, and die before that can be noted."""
    with _home().joinpath(SENT).open("a") as sent:
        sent.write(f"{letter.key}\n")
    if letter.payload["deadly"] and letter.attempt == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    return letter.key


def _take(*shelves: int) -> None:
    _note()
    for shelf in shelves:
        db.session.query(Shelf).where(Shelf.id == shelf).update({"taken": Shelf.taken + 1})
        time.sleep(0.4)


def _note() -> None:
    context = delivery_context()
    if context is not None:
        envelope = context.envelope
        db.session.add(
            Heard(
                subscriber=context.subscriber,
                aggregate_id=envelope.aggregate_id,
                seq=envelope.seq,
            )
        )
        db.session.flush()


def _home() -> Path:
    return Path(os.environ["LAMPLIT_HOME"])
