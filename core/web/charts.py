"""Where the marks of a chart stand. The macros in macros/charts.html draw them as SVG.

Pixels are the one place where amounts become floats: nothing is ever computed from them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from math import ceil, floor, log10

from babel.numbers import format_compact_decimal
from flask_babel import format_decimal, format_percent, get_locale

from core.money import format_money

Number = Decimal | int
Series = tuple[str, Sequence[Number]]

_TOP = 10.0
_BOTTOM = 24.0
#: The line of running shares ends below the top, so that its last label has room.
_RUNNING = 0.92


@dataclass(frozen=True)
class Mark:
    """A bar, a point or a label."""

    x: float
    y: float
    width: float = 0
    height: float = 0
    text: str = ""
    #: Which series it belongs to, or what makes it special.
    css: str = ""
    #: Where it leads.
    url: str = ""
    #: The value beside it.
    label: str = ""


@dataclass
class Chart:
    """A drawn chart: marks in the coordinates of its own viewBox."""

    width: int
    height: int
    left: float
    marks: list[Mark] = field(default_factory=list)
    ticks: list[Mark] = field(default_factory=list)
    labels: list[Mark] = field(default_factory=list)
    paths: list[tuple[str, str]] = field(default_factory=list)
    #: The points of a line over bars.
    points: list[Mark] = field(default_factory=list)

    @property
    def floor(self) -> float:
        """The height of the zero line."""
        return self.height - _BOTTOM


def bars(
    labels: Sequence[str],
    series: Sequence[Series],
    *,
    currency: str = "",
    narrow: bool = False,
    highlight: int | None = None,
) -> Chart:
    """Place grouped bars; at most two series stay readable."""
    chart, top = _canvas(series, narrow)
    slot = (chart.width - chart.left) / max(1, len(labels))
    bar = min(26.0, slot * 0.68 / len(series))
    for at, label in enumerate(labels):
        start = chart.left + slot * at + (slot - bar * len(series)) / 2
        for order, (name, values) in enumerate(series):
            height = max(0.0, float(values[at]) / top * (chart.floor - _TOP))
            chart.marks.append(
                Mark(
                    round(start + order * bar + 0.75, 1),
                    round(chart.floor - height, 1),
                    round(bar - 1.5, 1),
                    round(height, 1),
                    text=f"{label} · {name}: {value_text(values[at], currency)}",
                    css="now" if order == 0 and at == highlight else f"series-{order + 1}",
                )
            )
    _label(chart, labels, slot, narrow)
    return chart


def line(
    labels: Sequence[str],
    series: Sequence[Series],
    *,
    currency: str = "",
    narrow: bool = False,
) -> Chart:
    """Place lines with a point for each value."""
    chart, top = _canvas(series, narrow)
    slot = (chart.width - chart.left) / max(1, len(labels))
    for order, (name, values) in enumerate(series):
        points = [
            Mark(
                round(chart.left + slot * (at + 0.5), 1),
                round(chart.floor - float(value) / top * (chart.floor - _TOP), 1),
                text=f"{labels[at]} · {name}: {value_text(value, currency)}",
                css=f"series-{order + 1}",
            )
            for at, value in enumerate(values)
        ]
        chart.marks.extend(points)
        chart.paths.append((f"series-{order + 1}", _path(points)))
    _label(chart, labels, slot, narrow)
    return chart


def pareto(
    items: Sequence[tuple[str, Number, str]], *, narrow: bool = False, running: bool = True
) -> Chart:
    """Place bars that lead somewhere, the greatest first, and the line of what they make together.

    Each item is a label, a count and the address of its cases; the line runs from 0 to 100 percent.
    """
    counts = [value for _label, value, _url in items]
    chart, top = _canvas([("", counts)], narrow)
    slot = (chart.width - chart.left) / max(1, len(items))
    bar = min(48.0, slot * 0.72)
    height = chart.floor - _TOP
    points, sofar, whole = [], 0.0, float(sum(counts)) or 1.0
    for at, (label, value, url) in enumerate(items):
        middle = chart.left + slot * (at + 0.5)
        tall = float(value) / top * height
        sofar += float(value)
        text = f"{label}: {value_text(value)}"
        chart.marks.append(
            Mark(
                round(middle - bar / 2, 1),
                round(chart.floor - tall, 1),
                round(bar, 1),
                round(tall, 1),
                text=text,
                url=url,
                label=value_text(value),
            )
        )
        share_of_all = format_percent(sofar / whole)
        points.append(
            Mark(
                round(middle, 1),
                round(chart.floor - sofar / whole * height * _RUNNING, 1),
                text=f"{label}: {share_of_all}",
                label=str(share_of_all),
            )
        )
    if running:
        chart.points = points
        chart.paths.append(("running", _path(points)))
    _label(chart, [label for label, _value, _url in items], slot, narrow)
    return chart


def sparkline(values: Sequence[Number], width: int = 96, height: int = 24) -> str:
    """Return the path of a small line without axes."""
    if len(values) < 2:
        return ""
    low, high = min(values), max(values)
    span = float(high - low) or 1.0
    step = (width - 4) / (len(values) - 1)
    return _path(
        [
            Mark(
                round(2 + at * step, 1), round(height - 3 - float(v - low) / span * (height - 6), 1)
            )
            for at, v in enumerate(values)
        ]
    )


def running_shares(values: Sequence[Number]) -> list[str]:
    """Return what the values make together so far, of all of them, in percent."""
    whole, sofar, found = float(sum(values)) or 1.0, 0.0, []
    for value in values:
        sofar += float(value)
        found.append(str(format_percent(sofar / whole)))
    return found


def parts(values: Sequence[Number]) -> list[tuple[float, float]]:
    """Return start and length in percent of each part of a whole, for one stacked bar."""
    whole = float(sum(values)) or 1.0
    lengths = [float(value) * 100 / whole for value in values]
    starts = [sum(lengths[:at]) for at in range(len(lengths))]
    return [
        (round(start, 2), round(length, 2)) for start, length in zip(starts, lengths, strict=True)
    ]


def has_values(series: Sequence[Series]) -> bool:
    """Whether there is anything to draw."""
    return any(value for _name, values in series for value in values)


def share(part: Number, whole: Number) -> float:
    """Return what percent of the whole a part is, between 0 and 100."""
    if not whole:
        return 0.0
    return round(min(100.0, max(0.0, float(part) * 100 / float(whole))), 1)


def value_text(value: Number, currency: str = "") -> str:
    """Return a value in full, for tooltips and tables."""
    if currency:
        return format_money(Decimal(value), currency)
    return str(format_decimal(value))


def _canvas(series: Sequence[Series], narrow: bool) -> tuple[Chart, float]:
    most = max((float(value) for _name, values in series for value in values), default=0.0)
    ticks = _nice_ticks(most, 3 if narrow else 4)
    chart = Chart(340, 200, left=40) if narrow else Chart(600, 210, left=40)
    for tick in ticks:
        y = chart.floor - tick / ticks[-1] * (chart.floor - _TOP)
        text = format_compact_decimal(tick, locale=get_locale(), fraction_digits=1)
        chart.ticks.append(Mark(chart.left - 8, round(y, 1), text=text))
    return chart, ticks[-1]


def _nice_ticks(most: float, count: int) -> list[float]:
    """Return round steps from zero to at least the greatest value."""
    if most <= 0:
        return [0.0, 1.0]
    rough = most / count
    unit = 10.0 ** floor(log10(rough))
    step = next(unit * nice for nice in (1, 2, 2.5, 5, 10) if unit * nice >= rough)
    if most >= 1:
        step = max(1.0, step)
    return [step * n for n in range(ceil(most / step) + 1)]


def _label(chart: Chart, labels: Sequence[str], slot: float, narrow: bool) -> None:
    every = max(1, ceil(len(labels) / (5 if narrow else 9)))
    for at in range(0, len(labels), every):
        x = chart.left + slot * (at + 0.5)
        chart.labels.append(Mark(round(x, 1), chart.height - 6, text=labels[at]))


def _path(points: Sequence[Mark]) -> str:
    if not points:
        return ""
    start = f"M{points[0].x} {points[0].y}"
    return start + "".join(f"L{to.x} {to.y}" for _from, to in pairwise(points))
