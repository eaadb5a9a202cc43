"""How many are still to come: what the desk reckons with when it says what can wait."""

from __future__ import annotations

from zueinander.matching.rules import share_come, share_passed, still_to_come

LAST_YEAR = [40, 30, 30, 20, 10, 10, 10, 3, 1, 0]  # how many days before its end ten listings came


def test_how_much_of_a_season_has_come_is_read_from_the_one_before() -> None:
    assert share_come(LAST_YEAR, 41) == 0
    assert share_come(LAST_YEAR, 30) == 0.3
    assert share_come(LAST_YEAR, 10) == 0.7
    assert share_come(LAST_YEAR, 0) == 1
    assert share_come([], 10) == 0


def test_in_a_first_season_people_come_evenly_until_it_is_too_late() -> None:
    assert share_passed(34, 24) == 10 / 30  # for ten days they have come, for twenty more they will
    assert share_passed(30, 4) == 1
    assert share_passed(60, 60) == 0.1  # the first day: no more than ten times as many as are here
    assert share_passed(61, 60) == 0.1


def test_those_who_came_say_how_many_are_still_to_come_and_the_season_before_says_it_at_the_beginning() -> None:
    assert still_to_come(100, 0.5, 0) == 100
    assert still_to_come(100, 1.0, 5000) == 0
    assert still_to_come(0, 0.0, 5000) == 5000
    assert 150 < still_to_come(200, 0.5, 100) < 200  # twice as many as last year, slightly doubted
    assert still_to_come(10, 0.1, 0) == 90
