"""What rises is told, what does not is not; a range of people never claims more than was seen."""

from __future__ import annotations

import math
import random
import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zueinander.reach.rules.people import reached
from zueinander.reach.rules.plots import Plot, Point, svg, ticks
from zueinander.reach.rules.trends import judge

START = datetime(2026, 11, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


def drawn(rng: random.Random, mean: float) -> int:
    """A Poisson number (Knuth), with a mean that varies from day to day as people do."""
    threshold, n, product = math.exp(-mean * rng.gammavariate(8, 1 / 8)), 0, rng.random()
    while product > threshold:
        n, product = n + 1, product * rng.random()
    return n


def day_and_night(hour: int) -> float:
    return 12 + 10 * math.sin((hour % 24 - 9) / 24 * 2 * math.pi)


def history(seed: int, hours: int, factor: float = 1.0) -> dict[datetime, int]:
    rng = random.Random(seed)
    return {START + HOUR * h: drawn(rng, factor * day_and_night(h)) for h in range(hours)}


def test_days_and_nights_alone_are_no_rise() -> None:
    alarms = judged = 0
    for seed in range(6):
        counts = history(seed, 24 * 20)
        for hour in range(48, 24 * 20):
            verdict = judge(counts, START + HOUR * hour, since=START)
            assert verdict is not None
            judged += 1
            alarms += verdict.rises
    assert judged > 2500
    assert alarms <= judged * 0.004


@pytest.mark.parametrize("times", [4, 8, 20])
def test_a_burst_is_seen_within_three_hours(times: int) -> None:
    seen = 0
    for seed in range(20):
        counts = history(seed, 24 * 10)
        begin = 24 * 9 + 14
        rng = random.Random(seed)
        for hour in range(begin, begin + 3):
            counts[START + HOUR * hour] = drawn(rng, times * day_and_night(hour))
        verdicts = [judge(counts, START + HOUR * h, since=START) for h in range(begin, begin + 3)]
        seen += any(v.rises for v in verdicts if v)
    assert seen >= 19


def test_an_earlier_burst_does_not_hide_the_next() -> None:
    counts = history(3, 24 * 10)
    for hour in (24 * 8 + 14, 24 * 9 + 14):
        counts[START + HOUR * hour] = 900
    verdict = judge(counts, START + HOUR * (24 * 9 + 14), since=START)
    assert verdict
    assert verdict.rises
    assert verdict.expected < 60


def test_a_silent_hashtag_does_not_rise_by_two_posts_and_a_new_one_has_no_expectation() -> None:
    hour = START + HOUR * 100
    two, many = judge({hour: 2}, hour, since=START), judge({hour: 9}, hour, since=START)
    assert [v.rises for v in (two, many) if v] == [False, True]
    assert judge({hour: 500}, hour, since=hour - 10 * HOUR) is None


@given(st.lists(st.integers(0, 10**6), max_size=30), st.integers(10**6, 10**8))
def test_a_range_of_people_is_a_range(views: list[int], public: int) -> None:
    people = reached(views, public=public)
    assert max(views, default=0) == people.least <= people.likely <= people.most <= min(sum(views), public)


def test_two_posts_seen_by_half_of_all_reach_three_quarters() -> None:
    assert reached([500, 500], public=1000).likely == 750
    with pytest.raises(ValueError, match="2000"):
        reached([2000], public=1000)


def test_a_rank_climbs_upwards_and_is_readable_without_the_picture() -> None:
    points = [Point(START, 60570), Point(START + 24 * HOUR, 180), Point(START + 48 * HOUR, 1)]
    drawing = ElementTree.fromstring(svg(Plot("Rang <1>", points, low_is_good=True)))
    assert drawing.attrib["aria-label"] == "Rang <1>"
    line = next(e for e in drawing.iter() if e.tag.endswith("polyline"))
    heights = [float(pair.split(",")[1]) for pair in line.attrib["points"].split()]
    assert heights == sorted(heights, reverse=True)
    assert len(set(heights)) == 3
    texts = [e.text for e in drawing.iter() if e.tag.endswith("text")]
    assert {"01.11.2026", "100\N{NARROW NO-BREAK SPACE}000"} <= set(texts)


def test_sources_that_disagree_are_not_joined_to_one_line() -> None:
    points = [Point(START, 10, "a"), Point(START, 30, "b"), Point(START + HOUR, 12, "a")]
    lines = [e.attrib["points"] for e in ElementTree.fromstring(svg(Plot("x", points))).iter() if "points" in e.attrib]
    assert [len(line.split()) for line in lines] == [2, 1]


@given(st.integers(0, 10**9))
def test_ticks_are_round_and_reach_over_the_highest(highest: int) -> None:
    steps = ticks(highest)
    assert steps[0] == 0
    assert steps[-1] >= highest
    assert 2 <= len(steps) <= 7
    assert len({b - a for a, b in pairwise(steps)}) == 1
    assert re.fullmatch(r"1|2|5|10|20|25|50|(1|2|25|5)0*", str(steps[1]))


@given(st.lists(st.integers(0, 10**6), max_size=40))
def test_bars_stay_inside_the_picture(values: list[int]) -> None:
    drawing = svg(Plot("Besuche", [Point(START + HOUR * n, v) for n, v in enumerate(values)], bars=True))
    if not values:
        assert drawing == ""
        return
    for bar in ElementTree.fromstring(drawing).iter("{http://www.w3.org/2000/svg}rect"):
        x, y, wide, high = (float(bar.attrib[name]) for name in ("x", "y", "width", "height"))
        assert min(x, y, high) >= 0
        assert x + wide <= 641
        assert y + high <= 240
