"""What imports do by themselves."""

from datetime import time
from zoneinfo import ZoneInfo

import bus
from core.company import company
from core.db import reading
from core.imports.queries import forgettable
from core.imports.shelf import discard


def _zone() -> ZoneInfo:
    return ZoneInfo(company().timezone)


@bus.job("imports.discard", bus.daily(time(4), _zone))
def discard_old_files() -> None:
    """Remove files that were taken in, or refused, long ago; what is known of them stays."""
    with reading():
        found = forgettable()
    for import_id, digest in found:
        discard(import_id, digest)
