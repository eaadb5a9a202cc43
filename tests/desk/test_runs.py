"""What the matcher tells the team: how good its run is, who is alone and why, what is safe, what would help."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests import pairs
from tests.desk.conftest import at_desk
from zueinander.campaigns.models import Campaign
from zueinander.journal.models import Entry
from zueinander.listings.models import Listing
from zueinander.matching.actions import propose
from zueinander.matching.models import Alone, Match, Weighing
from zueinander.matching.whatif import NewHosts, what_if
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


def test_a_proposal_says_whether_it_is_safe_to_decide_now(season: Campaign, ada: Volunteer) -> None:
    assert set(Match.objects.values_list("verdict", flat=True)) == {"safe"}
    match = Match.objects.all()[0]
    assert (
        "Kann jetzt entschieden werden" in at_desk(ada).get(reverse("desk:proposal", args=[match.pk])).content.decode()
    )
    pairs.listing(season, "seek", "Ben", at=pairs.WORMS)
    propose(season)
    now = Match.objects.filter(state="proposed")
    assert set(now.values_list("verdict", flat=True)) <= {"contested", "better_possible"}
    match = now[0]
    page = at_desk(ada).get(reverse("desk:proposal", args=[match.pk])).content.decode()
    assert "Lieber einen Tag offen lassen" in page


def test_what_would_help_is_reckoned_and_changes_nothing(season: Campaign, bo: Volunteer) -> None:
    before = Match.objects.count(), Entry.objects.count()
    desk, address = at_desk(bo), reverse("desk:what_if", args=[season.pk])
    for asked, said in (
        ("count=2&place=Kiel&seats=2", "1 Mensch mehr hätte Gesellschaft."), ("km=20", "Das ändert nicht"),
        ("count=2&place=Xyzzy", "Diesen Ort kennen wir nicht."), ("km=0", "Sag uns, was anders wäre"),
    ):  # fmt: skip
        assert said in desk.get(f"{address}?{asked}").content.decode()
    assert (Match.objects.count(), Entry.objects.count()) == before
    effect = what_if(season, hosts=NewHosts(54.3, 10.1, 3, 1))
    assert effect is not None
    assert (effect.told.matched_before, effect.told.matched_after) == (2, 3)


def test_without_seekers_there_is_nothing_to_reckon(bo: Volunteer) -> None:
    page = at_desk(bo).get(reverse("desk:what_if", args=[pairs.campaign().pk]), {"km": 20}).content.decode()
    assert "Zurzeit sucht niemand" in page


def test_weights_are_previewed_then_kept_and_used(season: Campaign, bo: Volunteer) -> None:
    desk, address = at_desk(bo), reverse("desk:weights", args=[season.pk])
    given = {name: str(value).replace(".", ",") for name, value in desk.get(address).context["form"].initial.items()}
    given |= {"closeness": "0", "interests": "2,5"}
    page = desk.post(address, {**given, "zeigen": "1"}).content.decode()
    assert "2 jetzt, 2 dann, von 3" in page
    assert not Weighing.objects.exists()
    desk.post(address, {**given, "uebernehmen": "1"})
    assert Weighing.objects.get().values == {"closeness": 0.0, "interests": 2.5}
    propose(season)
    assert {match.terms["closeness"] for match in Match.objects.filter(state="proposed")} == {0.0}
    assert Entry.objects.filter(verb="weighed", actor=f"volunteer:{bo.pk}").exists()


def test_a_weight_that_cannot_be_is_told_at_its_field(season: Campaign, bo: Volunteer) -> None:
    address = reverse("desk:weights", args=[season.pk])
    page = at_desk(bo).post(address, {"closeness": "-1", "uebernehmen": "1"}).content.decode()
    assert 'href="#id_closeness"' in page
    assert not Weighing.objects.exists()
