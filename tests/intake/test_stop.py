"""Stop is final, on every way, and nobody is silenced who only spoke of a bus stop."""

from __future__ import annotations

import pytest

from tests.flowing import arrive, make_account, said
from zueinander.intake.rules import says_stop
from zueinander.people.models import Person
from zueinander.shared.forgetting import erase


@pytest.mark.parametrize(
    "text",
    [
        "Stop",
        "STOPP",
        "stopp!!!",
        "Stop.",
        "bitte stop",
        "@wir stopp",
        "Stopp bitte keine Nachrichten mehr",
        "abmelden",
        "Unsubscribe",
        "Ich möchte keine Nachrichten mehr",
        "Bitte schreibt mir nicht mehr",
        "lasst mich in Ruhe",
        "Bitte nicht mehr anschreiben",
        "Löscht bitte meine Daten",
        "please stop messaging me",
        "Keine Mails mehr bitte",
    ],
)
def test_words_that_mean_stop(text: str) -> None:
    assert says_stop(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ich bin nonstop allein",
        "Wir treffen uns am Bus-Stop in Worms",
        "Stop, ich meinte den 25., nicht den 24. Dezember",
        "Ich suche jemanden für den 24.",
        "Ich kann nicht mehr",
        "Ich will nicht mehr allein sein",
        "#stopp dem Hass",
        "Mir schreibt ja sonst keiner mehr",
        "Non stop Musik bei uns",
    ],
)
def test_words_that_do_not(text: str) -> None:
    assert not says_stop(text)


@pytest.mark.django_db
@pytest.mark.parametrize("how", [{"channel": "direct"}, {"to_us": True}, {"reply_to_us": True}])
def test_stop_said_to_us_is_final(how: dict[str, object]) -> None:
    account = make_account()
    arrive(account, said("Stopp", who="ada", **how))
    assert Person.objects.get().stopped_at
    arrive(account, said("doch wieder", who="ada", channel="direct"))
    assert Person.objects.get().stopped_at


@pytest.mark.django_db
def test_stop_said_to_others_is_not_for_us() -> None:
    arrive(make_account(), said("Stopp #KeinerBleibtAllein", who="ada"))
    assert Person.objects.get().stopped_at is None


@pytest.mark.django_db
def test_a_machine_that_answers_says_nothing_final() -> None:
    arrive(make_account(), said("Stopp", who="bot", channel="direct", automatic=True))
    assert Person.objects.get().stopped_at is None


@pytest.mark.django_db
def test_stop_is_remembered_after_erasure() -> None:
    account = make_account()
    arrive(account, said("Stopp", who="ada", channel="direct"))
    first = Person.objects.get()
    erase(first.pk)
    first.handles.all().delete()
    Person.objects.filter(pk=first.pk).delete()
    arrive(account, said("Ich bin wieder da", who="ada", channel="direct"))
    assert Person.objects.get().stopped_at
