"""The list of faults that the bus must stand, and where each is made."""

from typing import NamedTuple


class Row(NamedTuple):
    """A fault of the list."""

    number: int
    fault: str
    #: Where else than in the rig; and what is not made at all, with the reason.
    elsewhere: str = ""


SIMULATOR = "tests/simulator"
ROWS = (
    Row(1, "publisher killed before its COMMIT", f"{SIMULATOR}: at every point of publishing"),
    Row(
        2, "publisher killed after its COMMIT, before the poke", f"{SIMULATOR}: after every commit"
    ),
    Row(3, "handler killed before its COMMIT", f"{SIMULATOR}: before and after every handler"),
    Row(4, "worker killed after the handler's COMMIT", f"{SIMULATOR}: after every commit"),
    Row(5, "a handler that always kills its process", SIMULATOR),
    Row(6, "SIGTERM during COMMIT, SIGTERM twice"),
    Row(7, "worker paused and let go on"),
    Row(8, "pokes doubled", SIMULATOR),
    Row(9, "pokes in disorder and late", SIMULATOR),
    Row(10, "all pokes lost", SIMULATOR),
    Row(11, "Redis killed with and without its file; emptied"),
    Row(12, "Redis away for long; silent"),
    Row(13, "Redis full, with noeviction and with allkeys-lru"),
    Row(14, "PostgreSQL restarted at once; sessions ended"),
    Row(15, "the answer to COMMIT lost", f"{SIMULATOR}: a commit is not answered"),
    Row(16, "a writer idle in its transaction"),
    Row(17, "SQLite locked by another process"),
    Row(18, "disk full: SQLite, PostgreSQL, Redis's file"),
    Row(19, "power cut: the file as it is, and everything killed"),
    Row(20, "clock a day ahead, a day behind, trembling"),
    Row(
        21,
        "poison: raising handler, bad payload, unknown type, newer version",
        "unknown type: not made; without a listener there is no delivery",
    ),
    Row(22, "deadlock between two handlers"),
    Row(23, "modules switched 200 times under load", SIMULATOR),
    Row(
        24, "replay and rebuild killed, also at the takeover", f"{SIMULATOR}: replay, at every step"
    ),
    Row(25, "old and new code side by side", SIMULATOR),
    Row(
        26,
        "several web processes on one SQLite file; fork and reload",
        "fork (gunicorn --preload) and reload (HUP): not run, Lamplit's server never forks",
    ),
    Row(27, "death between sending an effect and noting that"),
    Row(28, "an older backup restored while Redis keeps newer pokes"),
)
