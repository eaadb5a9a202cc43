"""What the matcher tells the team: how good its run is, who is alone and why, what is safe, what would help."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import pairs
from tests.desk.conftest import at_desk
from zueinander.campaigns.models import Campaign
from zueinander.journal.models import Entry
from zueinander.listings.models import Listing
from zueinander.matching import whatif
from zueinander.matching.actions import propose
from zueinander.matching.experience import learn_from_what_is_over, outlook
from zueinander.matching.models import Alone, Learnt, Match, Question, Weighing
from zueinander.matching.whatif import Change, answer_waiting, ask
from zueinander.people.forgetting_in_time import forget_in_time
from zueinander.people.models import Volunteer

pytestmark = pytest.mark.django_db


@pytest.fixture
def season() -> Campaign:
    """Two seek in Worms and one in Kiel; two places in Worms, none near Kiel."""
    made = pairs.campaign()
    for name, at in (("Ina", pairs.WORMS), ("Ute", pairs.WORMS), ("Kai", pairs.KIEL)):
        pairs.listing(made, "seek", name, at=at)
    pairs.listing(made, "offer", "Ole", seats=2)
    propose(made)
    return made


def test_the_last_run_stands_with_its_proof_and_with_those_it_left_alone(season: Campaign, ada: Volunteer) -> None:
    page = at_desk(ada).get(reverse("desk:runs")).content.decode()
    assert "2 von höchstens 2, die überhaupt möglich sind" in page
    assert "Mehr geht mit diesen Angeboten nachweislich nicht." in page
    assert Alone.objects.get().listing.person.first_name == "Kai"
    assert Alone.objects.get().reason in page
    assert "Was wäre, wenn?" not in page


def test_reasons_are_those_of_the_last_run_only(season: Campaign) -> None:
    Listing.objects.filter(person__in=[Alone.objects.get().listing.person]).update(lat=49.6, lon=8.3)
    pairs.listing(season, "offer", "Eva", seats=2)
    propose(season)
    assert not Alone.objects.exists()


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Moves the clock of everything we do."""
    now = timezone.now()

    def move(days: float) -> None:
        monkeypatch.setattr(timezone, "now", lambda: now + timedelta(days=days))

    return move


def crowd(of: Campaign, side: str, places: int, seats: int = 1, first: int = 0) -> None:
    for n in range(first, first + places):
        pairs.listing(of, side, who=pairs.person(f"{side}{n}", reachable=False), seats=seats, at=(49.4 + n / 200, 8.4))


@pytest.fixture
def last_year(later: Callable[[float], None]) -> Campaign:
    """Over since yesterday: two looked for each place."""
    made = pairs.campaign(1)
    crowd(made, "seek", 90)
    crowd(made, "offer", 45)
    later(9)
    assert learn_from_what_is_over() == 1
    return made


def test_what_a_season_taught_says_what_can_be_decided_and_what_is_left_open(
    last_year: Campaign, ada: Volunteer
) -> None:
    made = pairs.campaign()
    alike: dict[str, Any] = {"interests": ["boardgames"], "languages": ["fa"], "at": (49.4, 8.4)}
    pairs.listing(made, "seek", "Ina", **alike)
    far = pairs.listing(made, "seek", "Eva", at=(49.0, 8.4), radius_km=80)
    pairs.listing(made, "offer", "Ole", **alike)
    pairs.listing(made, "offer", "Udo", at=(49.3, 8.4))
    propose(made)
    said = {match.seek.person.first_name: match.verdict for match in Match.objects.filter(campaign=made)}
    assert said == {"Ina": "safe", "Eva": "open"}
    page = at_desk(ada).get(reverse("desk:proposal", args=[Match.objects.get(seek=far).pk])).content.decode()
    assert "Lieber einen Tag offen lassen" in page
    sure = Match.objects.get(campaign=made, verdict="safe")
    assert (
        "Kann jetzt entschieden werden" in at_desk(ada).get(reverse("desk:proposal", args=[sure.pk])).content.decode()
    )


def test_what_was_learnt_stays_when_the_people_are_forgotten(
    last_year: Campaign, later: Callable[[float], None]
) -> None:
    made = pairs.campaign(500)
    assert outlook(made) is not None
    later(400)
    forget_in_time()
    assert not Listing.objects.exists()
    assert learn_from_what_is_over() == 0
    assert outlook(made) is not None
    assert "seek1" not in str(Learnt.objects.get().experience)


def test_without_an_earlier_season_this_one_is_learnt_from_once_there_is_enough_of_it(ada: Volunteer) -> None:
    made = pairs.campaign()
    crowd(made, "seek", 39)
    crowd(made, "offer", 60)
    propose(made)
    assert set(Match.objects.values_list("verdict", flat=True)) == {""}
    assert "erst, wenn wir mehr Gesuche und Angebote gesehen haben" in (
        at_desk(ada).get(reverse("desk:runs")).content.decode()
    )
    crowd(made, "seek", 1, first=39)
    propose(made)
    assert set(Match.objects.values_list("verdict", flat=True)) <= {"safe", "open"}


def test_shortly_before_the_day_nothing_is_left_open(ada: Volunteer) -> None:
    made = pairs.campaign(4)
    pairs.listing(made, "seek", "Ina")
    pairs.listing(made, "offer", "Ole")
    propose(made)
    match = Match.objects.get()
    assert match.verdict == "soon"
    page = at_desk(ada).get(reverse("desk:proposal", args=[match.pk])).content.decode()
    assert "Jetzt entscheiden: Der Tag ist nah." in page


def test_serving_the_hard_to_place_first_is_shown_with_its_price(bo: Volunteer) -> None:
    made = pairs.campaign()
    pairs.listing(made, "seek", "Ina", needs=["wheelchair"], at=pairs.MANNHEIM)
    pairs.listing(made, "seek", "Ute")
    pairs.listing(made, "offer", "Ole", accepts=["wheelchair"])
    run = propose(made)
    assert run.bonus is not None
    assert (run.hard, run.bonus["hard_with"], run.bonus["hard_without"]) == (1, 1, 0)
    assert run.bonus["price"] == pytest.approx(1 - run.bonus["value_with"] / run.bonus["value_without"])
    page = at_desk(bo).get(reverse("desk:runs")).content.decode()
    assert "1 von 1 mit Vorschlag. Ohne Vorrang wären es 0." in page
    price = f"{100 * run.bonus['price']:.2f}".rstrip("0").replace(".", ",")
    assert f"Der Vorrang kostet {price} % davon, wie gut alle zusammenpassen." in page


def test_what_would_help_is_reckoned_in_the_background_and_changes_nothing(season: Campaign, bo: Volunteer) -> None:
    before = Match.objects.count(), Entry.objects.count()
    desk, address = at_desk(bo), reverse("desk:what_if", args=[season.pk])
    for asked, said in (
        ({"count": 2, "place": "Kiel", "seats": 2}, "1 Mensch mehr hätte Gesellschaft."),
        ({"km": 20}, "Das ändert nicht"),
    ):  # fmt: skip
        page = desk.post(address, asked, follow=True)
        assert "Wird ausgerechnet" in page.content.decode()
        part = reverse("desk:what_if_answer", args=[Question.objects.latest("pk").pk])
        assert f'hx-get="{part}"' in page.content.decode()
        assert "Wird ausgerechnet" in desk.get(part).content.decode()
        assert answer_waiting() == 1
        shown = desk.get(page.redirect_chain[-1][0]).content.decode()
        assert said in shown
        assert all(f'value="{value}"' in shown for value in asked.values())
        assert said in desk.get(part).content.decode()
        assert "hx-get" not in desk.get(part).content.decode()
    assert (Match.objects.count(), Entry.objects.count()) == before
    assert answer_waiting() == 0


@pytest.mark.parametrize(
    ("asked", "said"),
    [({"count": 2, "place": "Xyzzy"}, "Diesen Ort kennen wir nicht."), ({"km": 0}, "Sag uns, was anders wäre")],
)
def test_a_question_that_makes_no_sense_is_not_asked(
    season: Campaign, bo: Volunteer, asked: dict[str, object], said: str
) -> None:
    assert said in at_desk(bo).post(reverse("desk:what_if", args=[season.pk]), asked).content.decode()
    assert not Question.objects.exists()


def test_a_step_that_died_is_done_again_and_given_up_at_last(
    season: Campaign, bo: Volunteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = ask(season, Change(extra_km=20))

    def dies(*_: object) -> None:
        raise MemoryError

    with monkeypatch.context() as broken:
        broken.setattr(whatif, "effect_of", dies)
        with pytest.raises(MemoryError):
            answer_waiting()
    assert answer_waiting() == 1
    row.refresh_from_db()
    assert row.answer is not None
    assert (row.answer["matched_before"], row.answer["matched_after"]) == (2, 2)
    hopeless = ask(season, Change(extra_km=30))
    monkeypatch.setattr(whatif, "effect_of", dies)
    for _ in range(3):
        with pytest.raises(MemoryError):
            answer_waiting()
    assert answer_waiting() == 0
    page = at_desk(bo).get(reverse("desk:what_if_answer", args=[hopeless.pk])).content.decode()
    assert "Das ließ sich nicht ausrechnen." in page


def test_without_seekers_there_is_nothing_to_reckon(bo: Volunteer) -> None:
    address = reverse("desk:what_if", args=[pairs.campaign().pk])
    page = at_desk(bo).post(address, {"km": 20}, follow=True)
    answer_waiting()
    assert "Zurzeit sucht niemand" in at_desk(bo).get(page.redirect_chain[-1][0]).content.decode()


def test_weights_are_previewed_then_kept_and_used(season: Campaign, bo: Volunteer) -> None:
    desk, address = at_desk(bo), reverse("desk:weights", args=[season.pk])
    given = {name: str(value).replace(".", ",") for name, value in desk.get(address).context["form"].initial.items()}
    given |= {"closeness": "0", "interests": "2,5"}
    asked = desk.post(address, {**given, "zeigen": "1"}, follow=True)
    answer_waiting()
    page = desk.get(asked.redirect_chain[-1][0]).content.decode()
    assert "2 jetzt, 2 dann, von 3" in page
    assert 'value="2,5"' in page
    assert not Weighing.objects.exists()
    desk.post(address, {**given, "uebernehmen": "1"})
    assert Weighing.objects.get().values == {"closeness": 0.0, "interests": 2.5}
    propose(season)
    assert {match.terms["closeness"] for match in Match.objects.filter(state="proposed")} == {0.0}
    assert Entry.objects.filter(verb="weighed", actor=f"volunteer:{bo.pk}").exists()


def test_who_is_hard_to_place_and_how_long_ways_are_is_for_the_campaign_to_say(season: Campaign, bo: Volunteer) -> None:
    desk, address = at_desk(bo), reverse("desk:weights", args=[season.pk])
    given = {name: str(value).replace(".", ",") for name, value in desk.get(address).context["form"].initial.items()}
    before = propose(season)
    ways = {match.pk: match.distance_km for match in Match.objects.filter(state="proposed")}
    desk.post(address, {**given, "hard_party": "1", "detour_factor": "1", "uebernehmen": "1"})
    after = propose(season)
    assert (before.hard, after.hard) == (0, after.seekers)
    for match in Match.objects.filter(state="proposed"):
        assert match.distance_km == pytest.approx(ways[match.pk] / 1.3, abs=0.1)
    assert 'href="#id_detour_factor"' in desk.post(address, {**given, "detour_factor": "0,9"}).content.decode()


def test_a_weight_that_cannot_be_is_told_at_its_field(season: Campaign, bo: Volunteer) -> None:
    address = reverse("desk:weights", args=[season.pk])
    page = at_desk(bo).post(address, {"closeness": "-1", "uebernehmen": "1"}).content.decode()
    assert 'href="#id_closeness"' in page
    assert not Weighing.objects.exists()
