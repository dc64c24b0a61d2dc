"""Who is going away, measured against her own rhythm and not against a fixed number of days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from math import sqrt
from statistics import fmean, median, pvariance
from typing import Literal

from flask_babel import LazyString

from core.money import ZERO, to_money
from core.rhythm import reasons
from core.rhythm.buying import UNKNOWN, Shop, summary_of
from core.rhythm.purchases import Purchase

Kind = Literal["new", "steady", "fading", "gone"]
#: She is gone when it is this improbable that she still comes …
_HARDLY = 0.3
#: … and she has been silent for so many of her usual intervals.
_FAR_LONGER = 2.0
#: She is fading when she buys less than this part of what she did …
_LESS = 0.7
#: … and chance alone would hardly make it so: so many standard deviations below.
_UNLIKELY = 1.5
#: The recent time is three of her intervals, but at least two months and at most six.
_RECENT, _SHORTEST, _LONGEST = 3, 61, 183
_YEAR = 365
_LOOKED_AHEAD = 3 * _YEAR


@dataclass(frozen=True)
class Standing:
    """How a customer stands today."""

    kind: Kind
    #: The chance that she still comes, after this silence.
    alive: float
    #: The days that usually pass between two of her purchases; None after the first.
    usual_days: int | None
    silent_days: int
    #: What she buys in a month now, as a part of what she did before; None when it is too early.
    level: float | None
    #: By currency, what she used to buy in a year times the chance that it is lost.
    at_risk: dict[str, Decimal]
    #: In words; translated when it is shown.
    reason: LazyString


def assess(purchases: Iterable[Purchase], today: date, shop: Shop = UNKNOWN) -> Standing:
    """Say whether a customer is new, steady, fading or gone.

    Args:
        purchases: all of hers, of whatever product; what lies after today is not looked at.
        today: the day of looking.
        shop: what all customers say (core.rhythm.buying.learned).

    Raises:
        ValueError: when she has never bought anything.
    """
    bought = sorted((each for each in purchases if each.day <= today), key=lambda each: each.day)
    if not bought:
        raise ValueError("nothing was bought by this day")
    days = sorted({each.day.toordinal() for each in bought})
    alive = shop.alive(summary_of(days, today.toordinal()))
    usual = max(1, round(median(b - a for a, b in pairwise(days)))) if len(days) > 1 else None
    silent = today.toordinal() - days[-1]
    level = _level(bought, days, usual, today) if usual else None
    kind = _kind(alive, usual, silent, level)
    lost = 1.0 - alive * (level if kind == "fading" and level is not None else 1.0)
    return Standing(
        kind=kind,
        alive=alive,
        usual_days=usual,
        silent_days=silent,
        level=level,
        at_risk=_at_risk(bought, usual, lost),
        reason=reasons.standing(kind, days[-1], usual, level),
    )


def gone_on(
    purchases: Iterable[Purchase], shop: Shop = UNKNOWN, again_on: date | None = None
) -> date | None:
    """Return the day on which a customer will count as gone, if she does not buy until then.

    None after a single purchase, when that is further away than anybody looks, and when she has
    bought again by then.
    """
    days = sorted({each.day.toordinal() for each in purchases})
    if len(days) < 2:
        return None
    usual = max(1, round(median(b - a for a, b in pairwise(days))))
    least = int(_FAR_LONGER * usual) + 1
    back = again_on.toordinal() - days[-1] if again_on else _LOOKED_AHEAD + least
    if least >= back:
        return None
    silent = shop.silence(summary_of(days, days[-1]), _HARDLY, _LOOKED_AHEAD)
    if silent is None or silent >= back:
        return None
    return date.fromordinal(days[-1] + max(silent, least))


def _kind(alive: float, usual: int | None, silent: int, level: float | None) -> Kind:
    if usual is None:
        return "new"
    if alive < _HARDLY and silent > _FAR_LONGER * usual:
        return "gone"
    return "fading" if level is not None and level < _LESS else "steady"


def _level(
    bought: Sequence[Purchase], days: Sequence[int], usual: int, today: date
) -> float | None:
    """What she buys lately as a part of before; 1 when the difference may be chance."""
    recent = min(max(_RECENT * usual, _SHORTEST), _LONGEST)
    turn = today.toordinal() - recent
    earlier = turn - days[0]
    if earlier < recent:
        return None
    before = [each for each in bought if each.day.toordinal() <= turn]
    after = [each for each in bought if each.day.toordinal() > turn]
    share = recent / earlier
    level = _size(after) / (_size(before) * share)
    return level if level >= 1.0 or _unlikely(before, after, days, share) else 1.0


def _size(bought: Sequence[Purchase]) -> float:
    """How much that is: in money, or in goods where they were free."""
    paid = sum(float(each.amount) for each in bought)
    return paid or sum(float(each.quantity) for each in bought)


def _unlikely(
    before: Sequence[Purchase], after: Sequence[Purchase], days: Sequence[int], share: float
) -> bool:
    """Whether chance alone would hardly bring so few purchases, or such small ones."""
    visits, lately = len({each.day for each in before}), len({each.day for each in after})
    gaps = [later - earlier for earlier, later in pairwise(days)]
    irregular = min(max(pvariance(gaps) / fmean(gaps) ** 2, 0.1), 1.0)
    awaited = visits * share
    rarer = (lately - awaited) / sqrt(irregular * (awaited + awaited * share))
    return rarer < -_UNLIKELY or _smaller(before, after)


def _smaller(before: Sequence[Purchase], after: Sequence[Purchase]) -> bool:
    """Whether the baskets have become smaller, beyond the way they always differed."""
    old, new = _baskets(before), _baskets(after)
    if len(old) < 3 or len(new) < 2:
        return False
    spread = sqrt(pvariance(old) * (1 / len(old) + 1 / len(new))) + 0.05 * fmean(old)
    return (fmean(new) - fmean(old)) / spread < -_UNLIKELY


def _baskets(bought: Sequence[Purchase]) -> list[float]:
    days: dict[date, list[Purchase]] = {}
    for each in bought:
        days.setdefault(each.day, []).append(each)
    return [_size(each) for each in days.values()]


def _at_risk(bought: Sequence[Purchase], usual: int | None, lost: float) -> dict[str, Decimal]:
    """What she bought in her last year with us, or as much as that would be, times the chance."""
    last = bought[-1].day
    year = [each for each in bought if each.day > last - timedelta(days=_YEAR)]
    known = (last - bought[0].day).days + (usual or _YEAR)
    factor = Decimal(str(round(lost * _YEAR / min(max(known, 1), _YEAR), 6)))
    sums: dict[str, Decimal] = {}
    for each in year:
        sums[each.currency] = sums.get(each.currency, ZERO) + each.amount
    return {currency: to_money(amount * factor) for currency, amount in sums.items()}
