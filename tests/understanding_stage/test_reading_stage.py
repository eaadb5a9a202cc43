"""Each text is read, by a human where the machine cannot or should not; a volunteer's word counts more."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.flowing import arrive, flow, make_account, make_campaign, make_volunteer, only_post, said
from zueinander.journal.actions import name_of
from zueinander.listings.models import Listing
from zueinander.networks.port import Deleted
from zueinander.people.models import Attention, Person
from zueinander.understanding.actions import correct, read_waiting
from zueinander.understanding.models import Reading
from zueinander.understanding.rules import WrongCorrection

pytestmark = pytest.mark.django_db
SEEK = "@wir #KeinerBleibtAllein Ich bin 34 und suche Gesellschaft für Heiligabend in Worms, mit Hund"
CRISIS = "Ich will nicht mehr leben. Ich habe Tabletten gesammelt."


def read(text: str, **values: object) -> Reading:
    arrive(make_account(), said(text, **values))
    read_waiting()
    return Reading.objects.get()


def test_what_was_understood_is_kept_with_the_words_that_made_us_think_so() -> None:
    reading = read(SEEK, to_us=True)
    assert (reading.intent, reading.danger, reading.minor) == ("seek", "none", False)
    place = reading.found["places"][0]
    assert (place["name"], SEEK[place["start"] : place["end"]]) == ("Worms", "Worms")
    assert reading.found["when"][0]["occasion"] == "christmas-eve"
    assert "dog" in reading.found["conditions"]
    assert Person.objects.get().age_band == "30-44"


def test_today_is_the_writers_day_not_that_of_greenwich() -> None:
    """Half past midnight on 24 December in Berlin is still the 23rd in UTC."""
    after_midnight = datetime(2026, 12, 23, 23, 30, tzinfo=UTC)
    reading = read("Suche für heute Abend Gesellschaft in Worms", to_us=True, posted_at=after_midnight)
    assert [day["date"] for day in reading.found["when"]] == ["2026-12-24"]


def test_reading_again_changes_nothing() -> None:
    read(SEEK)
    before = Reading.objects.values().get()
    assert read_waiting() == 0
    assert Reading.objects.values().get() == before


def test_an_edit_is_read_again_and_taken_up_again() -> None:
    campaign, account = make_campaign(), make_account()
    arrive(account, said(SEEK, native_id="a", who="ada"))
    flow()
    assert Listing.objects.get().place == "Worms"
    arrive(account, said(SEEK.replace("Worms", "Trier"), native_id="a", who="ada", version="2"))
    flow()
    assert Reading.objects.get().found["places"][0]["name"] == "Trier"
    assert Listing.objects.get().place == "Trier"
    assert Listing.objects.get().campaign == campaign


def test_what_is_deleted_is_understood_no_more() -> None:
    account = make_account()
    arrive(account, said(SEEK, native_id="a"))
    read_waiting()
    arrive(account, Deleted("replay", "a"))
    read_waiting()
    assert not Reading.objects.exists()


def test_danger_is_before_a_human_as_soon_as_it_is_read() -> None:
    reading = read(CRISIS, channel="direct")
    assert reading.danger == "acute"
    line = Attention.objects.get()
    assert (line.kind, line.urgent, line.subject) == (Attention.Kind.DANGER, True, name_of(only_post()))
    assert line.person == Person.objects.get()


def test_danger_that_comes_with_an_edit_is_seen() -> None:
    account = make_account()
    arrive(account, said("Schöne Grüße", native_id="a", who="ada"))
    read_waiting()
    assert not Attention.objects.filter(kind=Attention.Kind.DANGER).exists()
    arrive(account, said(CRISIS, native_id="a", who="ada", version="2"))
    read_waiting()
    assert Attention.objects.filter(kind=Attention.Kind.DANGER, urgent=True).exists()


@pytest.mark.parametrize("text", ["", " \u200b "])
def test_what_cannot_be_read_goes_to_a_human(text: str) -> None:
    assert read(text, channel="direct").intent == "other"
    assert Attention.objects.get().kind == Attention.Kind.UNSURE


def test_one_unreadable_text_holds_up_no_other() -> None:
    arrive(make_account(), said("x" * 30_000), said(SEEK))
    assert read_waiting() == 2
    assert sorted(Reading.objects.values_list("intent", flat=True)) == ["other", "seek"]


def test_somebody_under_18_is_known_to_be() -> None:
    assert read("Ich bin 15 und an Weihnachten allein in Kassel", channel="direct").minor
    assert Person.objects.get().is_minor


def test_a_mother_who_names_her_childs_age_is_not_a_child() -> None:
    reading = read("Ich bin 42 und suche mit meiner Tochter (12) Anschluss an Heiligabend in Erfurt", channel="direct")
    assert reading.found["age"] != 12
    assert Person.objects.get().age_band != "0-17" or reading.found["minor"]


def test_a_volunteer_knows_better() -> None:
    make_campaign()
    reading, by = read(SEEK, to_us=True), make_volunteer()
    flow()
    correct(reading, by=by, intent="offer", places=["Mannheim"], when=["12-25"], people=3, needs=["kids"])
    flow()
    listing = Listing.objects.exclude(state="withdrawn").get()
    assert (listing.side, listing.place, listing.party, listing.accepts) == ("offer", "Mannheim", 3, ["kids"])
    assert [d.occasion.key for d in listing.dates.all()] == ["12-25"]
    assert (reading.corrected_by, reading.confidence) == (by, 1.0)


def test_a_corrected_age_lifts_or_sets_what_only_adults_may() -> None:
    make_campaign()
    reading, by = read("Ich bin 15 und suche Anschluss in Kassel an Heiligabend", channel="direct"), make_volunteer()
    flow()
    assert not Listing.objects.exists()
    correct(reading, by=by, age=51)
    assert (reading.minor, Person.objects.get().age_band) == (False, "45-59")
    flow()
    assert Listing.objects.exists()
    correct(reading, by=by, minor=True)
    assert Person.objects.get().is_minor


def test_cleared_danger_is_cleared_on_the_desk() -> None:
    reading = read(CRISIS, channel="direct")
    correct(reading, by=make_volunteer(), danger="none")
    assert not Attention.objects.filter(kind=Attention.Kind.DANGER, cleared_at=None).exists()


@pytest.mark.parametrize(
    "change",
    [{"intent": "buy"}, {"danger": "maybe"}, {"people": 99}, {"age": -1}, {"when": ["bald"]}, {"farbe": "rot"}],
)
def test_a_correction_that_makes_no_sense_changes_nothing(change: dict[str, object]) -> None:
    reading = read(SEEK)
    with pytest.raises(WrongCorrection):
        correct(reading, by=make_volunteer(), **change)
    reading.refresh_from_db()
    assert reading.corrected_at is None


def test_corrected_words_that_are_edited_come_back_to_a_human() -> None:
    account = make_account()
    arrive(account, said(SEEK, native_id="a", who="ada"))
    read_waiting()
    correct(Reading.objects.get(), by=make_volunteer(), people=2)
    arrive(account, said(SEEK + "!", native_id="a", who="ada", version="2"))
    read_waiting()
    assert Attention.objects.get(cleared_at=None).kind == Attention.Kind.UNSURE
