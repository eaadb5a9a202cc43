"""Series as SVG in the page's own colours: a line of states, or bars of counts. The table stands beside it.

Classes instead of colours, so that light and dark come from the style sheet; no script, no font.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from math import ceil, floor, log10

WIDTH, HEIGHT = 640, 240
MANY = 60
"""Points from which on a line is drawn without dots."""
LEFT, RIGHT, TOP, BOTTOM = 64, 12, 12, 32


@dataclass(frozen=True, slots=True)
class Point:
    """`of`: whose value it is; a line joins only points of one."""

    at: datetime
    value: int
    of: str = ""


@dataclass(frozen=True, slots=True)
class Plot:
    """`low_is_good`: a rank, best value 1 on top, in powers of ten. `title` is read aloud instead of the picture.

    `day`: how a day is written, for strftime.
    """

    title: str
    points: Sequence[Point]
    bars: bool = False
    low_is_good: bool = False
    day: str = "%d.%m.%Y"


def svg(plot: Plot) -> str:
    """The drawing; an empty series gives an empty string."""
    points = sorted(plot.points, key=lambda p: p.at)
    if not points:
        return ""
    highest = max(p.value for p in points)
    steps = powers(highest) if plot.low_is_good else ticks(highest)
    draw = _bars if plot.bars else _line
    inner = _grid(steps, plot.low_is_good) + draw(points, steps[-1], plot.low_is_good) + _days(points, plot.day)
    return (
        f'<svg class="plot" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(plot.title)}" '
        f'xmlns="http://www.w3.org/2000/svg">{inner}</svg>'
    )


def ticks(highest: int) -> list[int]:
    """Three to six round values from 0 that reach over the highest."""
    raw = max(highest, 1) / 4
    unit = 10 ** floor(log10(raw)) if raw >= 1 else 1
    step = next(int(unit * f) for f in (1, 2, 2.5, 5, 10) if unit * f >= raw and float(unit * f).is_integer())
    return list(range(0, highest + step, step)) if highest else [0, 1]


def powers(highest: int) -> list[int]:
    """1, 10, 100 ... until the highest is reached."""
    return [10**n for n in range(max(1, ceil(log10(max(highest, 1)))) + 1)]


def thousands(value: int) -> str:
    return f"{value:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def _y(value: float, top: int, low_is_good: bool) -> float:
    share = log10(max(value, 1)) / log10(top) if low_is_good else 1 - value / top
    return TOP + (HEIGHT - TOP - BOTTOM) * share


def _x(at: datetime, first: datetime, last: datetime) -> float:
    whole = (last - first).total_seconds()
    share = (at - first).total_seconds() / whole if whole else 0.5
    return LEFT + (WIDTH - LEFT - RIGHT) * share


def _grid(steps: Sequence[int], low_is_good: bool) -> str:
    lines = []
    for value in steps:
        y = _y(value, steps[-1], low_is_good)
        lines.append(f'<line class="hair" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
        lines.append(f'<text class="tick" x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{thousands(value)}</text>')
    return "".join(lines)


def _line(points: Sequence[Point], top: int, low_is_good: bool) -> str:
    lines: dict[str, list[str]] = {}
    dots = []
    for point in points:
        x, y = _x(point.at, points[0].at, points[-1].at), _y(point.value, top, low_is_good)
        lines.setdefault(point.of, []).append(f"{x:.1f},{y:.1f}")
        dots.append(f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="3"/>')
    drawn = "".join(f'<polyline class="line" points="{" ".join(spots)}"/>' for spots in lines.values())
    return drawn + ("".join(dots) if len(dots) < MANY else "")


def _bars(points: Sequence[Point], top: int, low_is_good: bool) -> str:
    wide = max(1.0, (WIDTH - LEFT - RIGHT) / max(len(points), 1) - 1)
    floor_y = _y(0, top, low_is_good)
    found = []
    for place, point in enumerate(points):
        y = _y(point.value, top, low_is_good)
        x = LEFT + (WIDTH - LEFT - RIGHT) * place / len(points)
        found.append(f'<rect class="bar" x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{floor_y - y:.1f}"/>')
    return "".join(found)


def _days(points: Sequence[Point], day: str) -> str:
    ends = [(LEFT, "start", points[0].at)]
    if points[-1].at.date() != points[0].at.date():
        ends.append((WIDTH - RIGHT, "end", points[-1].at))
    return "".join(
        f'<text class="tick" x="{x}" y="{HEIGHT - 8}" text-anchor="{anchor}">{at:{day}}</text>'
        for x, anchor, at in ends
    )
