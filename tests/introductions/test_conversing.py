"""They write to each other, safely."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests import pairs
from zueinander.house.checks import invariants
from zueinander.introductions import actions
from zueinander.introductions.models import Message, Report
from zueinander.introductions.queries import NotYours
from zueinander.introductions.rules import clean, has_iban, warnings
from zueinander.networks.models import Send
from zueinander.people.actions import are_blocked, block, stop
from zueinander.people.models import Attention

pytestmark = pytest.mark.django_db


def test_a_message_arrives_once_and_the_other_is_told_without_its_words() -> None:
    intro = pairs.introduction()
    ada, bo = intro.match.seek.person, intro.match.offer.person
    before = Send.objects.filter(person=bo).count()
    first = actions.write(intro, author=ada, text="  Ich bringe Kuchen mit\x00.\r\nPasst 17 Uhr? ", token="t1")
    assert first.text == "Ich bringe Kuchen mit.\nPasst 17 Uhr?"
    assert actions.write(intro, author=ada, text="doppelt", token="t1") == first
    assert Message.objects.count() == 1
    told = Send.objects.filter(person=bo).order_by("created_at")
    assert told.count() == before + 1
    assert "Ada hat dir geschrieben" in told.last().text  # type: ignore[union-attr]
    assert "Kuchen" not in told.last().text  # type: ignore[union-attr]
    assert not first.warnings
    assert not Attention.objects.filter(kind="report").exists()


def test_several_messages_in_a_row_are_told_of_once_until_a_while_has_passed() -> None:
    intro = pairs.introduction()
    ada, bo = intro.match.seek.person, intro.match.offer.person
    before = Send.objects.filter(person=bo).count()
    for n in range(4):
        actions.write(intro, author=ada, text=f"Nummer {n}", token=f"t{n}")
    assert Send.objects.filter(person=bo).count() == before + 1
    for message in Message.objects.all():
        Message.objects.filter(pk=message.pk).update(at=message.at - timedelta(minutes=11))
    actions.write(intro, author=ada, text="später", token="t9")
    assert Send.objects.filter(person=bo).count() == before + 2


def test_no_subject_of_what_we_send_names_anybody() -> None:
    intro = pairs.introduction()
    actions.write(intro, author=intro.match.seek.person, text="Hallo", token="t")
    assert Send.objects.filter(about__startswith="introduction:").count() == 3
    for send in Send.objects.all():
        assert not {"Ada", "Bo"} & set(send.subject_line.split())


def test_nobody_else_can_write_and_empty_words_are_refused() -> None:
    intro = pairs.introduction()
    with pytest.raises(NotYours):
        actions.write(intro, author=pairs.person("Mallory"), text="Hallo", token="t")
    with pytest.raises(actions.Refused):
        actions.write(intro, author=intro.match.seek.person, text=" \x00\n ", token="t")
    with pytest.raises(NotYours):
        actions.report(intro, by=pairs.person("Mallory"), text="x")
    assert not Message.objects.exists()


def test_what_looks_like_a_trick_is_delivered_with_a_warning_and_looked_at() -> None:
    intro = pairs.introduction()
    ada, bo = intro.match.seek.person, intro.match.offer.person
    told = Send.objects.filter(person=bo).count()
    message = actions.write(intro, author=ada, text="Schreib mir auf WhatsApp, siehe https://example.org", token="t1")
    assert message.warnings == ["messenger", "link"]
    assert Send.objects.filter(person=bo).count() == told + 1
    line = Attention.objects.get(kind="report", cleared_at=None)
    assert (line.subject, line.person) == (f"message:{message.pk}", ada)
    for n in range(2):
        actions.write(intro, author=ada, text="Ja gern", token=f"n{n}")
    assert actions.write(intro, author=ada, text="Mein Telegram: adaweit", token="t2").warnings == []
    assert actions.write(intro, author=ada, text="Kauf mir eine Paysafecard", token="t3").warnings == ["gift_card"]


def test_a_block_ends_it_at_once() -> None:
    intro = pairs.introduction()
    ada, bo = intro.match.seek.person, intro.match.offer.person
    actions.write(intro, author=bo, text="Hallo", token="t0")
    waiting = Send.objects.filter(person=ada, state="queued", about=f"introduction:{intro.pk}")
    assert waiting.exists()
    actions.block_other(intro, by=ada)
    actions.block_other(intro, by=ada)
    assert not waiting.all().exists()
    with pytest.raises(actions.Refused):
        actions.write(intro, author=bo, text="Warum?", token="t1")
    with pytest.raises(actions.Refused):
        actions.write(intro, author=ada, text="Darum", token="t1")
    assert are_blocked(ada, bo)
    assert Message.objects.count() == 1
    intro.refresh_from_db()
    assert (intro.close_reason, intro.match.state) == ("blocked", "ended")
    over = [s.text for s in Send.objects.filter(person=bo) if "beendet" in s.text]
    assert len(over) == 1
    assert "Ada" not in over[0]
    intro.match.seek.refresh_from_db()
    assert intro.match.seek.state == "open"
    assert invariants() == []


def test_a_block_made_elsewhere_counts_from_the_next_message_on() -> None:
    intro = pairs.introduction()
    block(one=intro.match.seek.person, other=intro.match.offer.person, actor="machine")
    with pytest.raises(actions.Refused):
        actions.write(intro, author=intro.match.offer.person, text="Hallo", token="t")


def test_nobody_who_said_stop_is_written_to() -> None:
    intro = pairs.introduction()
    stop(person=intro.match.offer.person, actor="machine")
    with pytest.raises(actions.Refused):
        actions.write(intro, author=intro.match.seek.person, text="Hallo", token="t")


def test_a_report_is_urgent_on_the_desk_and_double_clicks_are_one() -> None:
    intro = pairs.introduction()
    ada, bo = intro.match.seek.person, intro.match.offer.person
    message = actions.write(intro, author=bo, text="Hallo", token="t0")
    made = actions.report(intro, by=ada, text="Das war grob", message=message)
    assert actions.report(intro, by=ada, text="Das war grob", message=message) == made
    assert Report.objects.count() == 1
    line = Attention.objects.get(kind="report", cleared_at=None)
    assert (line.urgent, line.subject) == (True, f"report:{made.pk}")
    assert actions.write(intro, author=bo, text="Entschuldige", token="t1")  # a report alone silences nobody


def test_an_introduction_whose_listing_was_withdrawn_closes_and_both_hear_it() -> None:
    intro = pairs.introduction()
    intro.match.offer.state = "withdrawn"
    intro.match.offer.save()
    assert (actions.part_those_who_must_not_meet(), actions.part_those_who_must_not_meet()) == (1, 0)
    for listing in (intro.match.seek, intro.match.offer):
        assert [s for s in Send.objects.filter(person=listing.person) if "beendet" in s.text]
    with pytest.raises(actions.Refused):
        actions.write(intro, author=intro.match.seek.person, text="Hallo", token="t")


IBAN = "DE02 1203 0000 0000 2020 51"  # a published test number


@pytest.mark.parametrize(
    ("text", "earlier", "found"),
    [
        ("Bis morgen, ich freue mich auf euch", 0, []),
        ("Lass uns zu what's app wechseln oder Whats App", 0, ["messenger"]),
        ("schreib mir auf tele\u200bgram", 1, ["messenger"]),
        ("Signal?", 2, ["messenger"]),
        ("Signal?", 3, []),
        ("schau auf beispiel(dot)com", 0, ["link"]),
        ("www.beispiel.de", 3, []),
        ("Meine Adresse ist ada@example.org", 0, []),
        (f"Bitte an {IBAN}", 9, ["iban"]),
        ("Nummer DE03 1203 0000 0000 2020 51", 0, []),
        ("drei Steam Karten bitte", 9, ["gift_card"]),
        ("Kannst du mir Geld schicken? Western Union", 9, ["money"]),
        ("Wir treffen uns um 18.30 am Dom. Danach essen wir", 0, []),
    ],
)
def test_what_is_warned_of(text: str, earlier: int, found: list[str]) -> None:
    assert warnings(text, earlier) == found


def test_an_account_number_is_found_however_it_is_spaced() -> None:
    packed = IBAN.replace(" ", "")
    assert all(has_iban(f"x {form} y") for form in (IBAN, packed, packed.lower(), "-".join([packed[:4], packed[4:]])))
    assert not has_iban("DE02 1203 0000 0000 2020 52")


def test_hostile_text_is_kept_readable() -> None:
    assert clean("a\u202eb\x00c\ud800") == "abc"
    assert len(clean("x" * 10_000_000)) == 4_000
