"""From words to a draft and one answer, or to a human where a machine may not answer."""

from __future__ import annotations

import re
import threading

import pytest

from tests.flowing import NOW, arrive, flow, make_account, make_campaign, make_volunteer, only_post, said
from zueinander.intake.actions import paste, store, submit_form
from zueinander.intake.models import Post
from zueinander.journal.actions import name_of
from zueinander.listings import taking
from zueinander.listings.actions import take_up_waiting
from zueinander.listings.models import Listing, Standing
from zueinander.networks.actions import adapter_for, deliver_waiting
from zueinander.networks.form import Answers
from zueinander.networks.models import Send
from zueinander.networks.port import Deleted, Listens
from zueinander.people.actions import has_consented, open_link
from zueinander.people.models import Attention, Person, PersonalLink
from zueinander.understanding.actions import read_waiting

pytestmark = pytest.mark.django_db
SEEK = "@wir #KeinerBleibtAllein Ich bin 34 und suche Gesellschaft für Heiligabend in Worms, mit Hund"
OFFER = "Wir haben am 24.12. in Mannheim zwei Plätze am Tisch frei, Hunde sind willkommen"


def the_link() -> PersonalLink:
    found = re.search(r"/l/([\w-]{43})\b", Send.objects.latest("created_at").text)
    assert found
    link = open_link(found[1])
    assert link
    return link


def kinds() -> list[str]:
    return sorted(Attention.objects.filter(cleared_at=None).values_list("kind", flat=True))


def test_a_mention_becomes_a_draft_and_gets_one_answer_with_a_personal_link() -> None:
    campaign = make_campaign()
    arrive(make_account(), said(SEEK, to_us=True, who="ada"))
    flow()
    listing = Listing.objects.get()
    assert (listing.side, listing.state, listing.campaign) == ("seek", Standing.DRAFT, campaign)
    assert (listing.place, listing.country, listing.party, listing.needs) == ("Worms", "DE", 1, ["dog"])
    assert (listing.lat, listing.lon) == (49.63, 8.36)
    assert [d.occasion.key for d in listing.dates.all()] == ["12-24"]
    assert Send.objects.get().automatic
    assert (the_link().person, the_link().use) == (Person.objects.get(), PersonalLink.Use.QUESTIONS)
    assert the_link().subject == name_of(listing)
    assert kinds() == []


def test_a_direct_message_with_places_becomes_an_offer() -> None:
    make_campaign()
    arrive(make_account(), said(OFFER, channel="direct"))
    flow()
    listing = Listing.objects.get()
    assert (listing.side, listing.accepts, listing.needs) == ("offer", ["dog"], [])
    assert [(d.occasion.key, d.seats) for d in listing.dates.all()] == [("12-24", 2)]
    assert Send.objects.count() == 1


def test_flowing_again_and_delivering_again_says_nothing_twice() -> None:
    make_campaign()
    account, post = make_account(), said(SEEK, to_us=True)
    for _ in range(3):
        arrive(account, post)
        flow()
        deliver_waiting()
    assert Listing.objects.count() == Send.objects.count() == 1


def test_a_second_message_completes_the_draft_without_a_second_answer() -> None:
    make_campaign()
    account = make_account()
    arrive(account, said("@wir Ich suche Gesellschaft in Worms", to_us=True, who="ada"))
    flow()
    arrive(account, said("Ich suche Gesellschaft an Silvester", channel="direct", who="ada", posted_at=NOW))
    flow()
    listing = Listing.objects.get()
    assert listing.place == "Worms"
    assert [d.occasion.key for d in listing.dates.all()] == ["12-31"]
    assert Send.objects.count() == 1


def test_everybody_who_answers_below_one_call_gets_an_answer_of_their_own() -> None:
    make_campaign()
    account = make_account()
    for who, words in (("ada", SEEK), ("bea", OFFER)):
        arrive(account, said(words, reply_to_us=True, who=who, thread_id="our-call"))
    flow()
    assert set(Send.objects.values_list("handle__visible_name", flat=True)) == {"ada", "bea"}


def test_a_hashtag_alone_is_left_to_a_human() -> None:
    make_campaign()
    arrive(make_account(), said(SEEK))
    flow()
    assert Listing.objects.get().state == Standing.DRAFT
    assert Send.objects.count() == 0
    assert kinds() == [Attention.Kind.BY_HAND]
    assert Attention.objects.get().subject == name_of(only_post())


def test_what_was_pasted_is_left_to_a_human() -> None:
    make_account()
    paste(
        link="https://x.com/mia/status/1", text=SEEK, author_name="@mia", campaign=make_campaign(), by=make_volunteer()
    )
    flow()
    assert (Send.objects.count(), kinds()) == (0, [Attention.Kind.BY_HAND])


@pytest.mark.parametrize(
    "text", ["Ich will nicht mehr leben.", f"{SEEK}. Ohne mich wären alle besser dran, ich bringe mich um."]
)
def test_in_danger_no_machine_answers_and_a_human_looks_first(text: str) -> None:
    make_campaign()
    arrive(make_account(), said(text, channel="direct"))
    flow()
    assert Send.objects.count() == 0
    assert Attention.objects.get(kind=Attention.Kind.DANGER).urgent
    assert not Listing.objects.filter(state=Standing.OPEN).exists()


def test_whoever_may_be_in_danger_gets_no_automatic_answer_to_other_words_either() -> None:
    make_campaign()
    account = make_account()
    arrive(
        account,
        said("Ich will nicht mehr leben.", channel="direct", who="ada"),
        said(OFFER, channel="direct", who="ada"),
    )
    flow()
    assert Send.objects.count() == 0


def test_under_18_is_never_listed_and_a_human_answers_kindly() -> None:
    make_campaign()
    account = make_account()
    arrive(account, said("Ich bin 15 und suche Gesellschaft in Kassel an Heiligabend", channel="direct", who="leo"))
    flow()
    assert (Listing.objects.count(), Send.objects.count(), kinds()) == (0, 0, [Attention.Kind.BY_HAND])
    arrive(account, said("Ich suche immer noch Gesellschaft in Kassel", channel="direct", who="leo"))
    flow()
    assert (Listing.objects.count(), Send.objects.count()) == (0, 0)


def test_stop_ends_the_draft_and_silences_us() -> None:
    make_campaign()
    account = make_account()
    arrive(account, said(SEEK, to_us=True, who="ada"))
    flow()
    arrive(account, said("Stopp", channel="direct", who="ada"))
    flow()
    assert Listing.objects.get().state == Standing.WITHDRAWN
    arrive(account, said(SEEK, to_us=True, who="ada"))
    flow()
    assert Send.objects.count() == 1
    deliver_waiting()
    assert Send.objects.get().state == "refused"


def test_deleted_at_the_source_takes_the_draft_along() -> None:
    make_campaign()
    account = make_account()
    arrive(account, said(SEEK, native_id="a"))
    flow()
    arrive(account, Deleted("replay", "a"))
    flow()
    assert not Listing.objects.exists()


def test_what_somebody_confirmed_outlives_the_post() -> None:
    make_campaign()
    account = make_account()
    arrive(account, said(SEEK, native_id="a"))
    flow()
    Listing.objects.update(state=Standing.OPEN, confirmed_at=NOW)
    arrive(account, Deleted("replay", "a"))
    flow()
    assert Listing.objects.get().state == Standing.OPEN


def test_an_edit_after_confirming_changes_nothing_but_shows_it_to_a_human() -> None:
    make_campaign()
    account = make_account()
    arrive(account, said(SEEK, native_id="a", who="ada", to_us=True))
    flow()
    Listing.objects.update(state=Standing.OPEN, confirmed_at=NOW)
    arrive(account, said(SEEK.replace("Worms", "Trier"), native_id="a", who="ada", to_us=True, version="2"))
    flow()
    assert Listing.objects.get().place == "Worms"
    assert Attention.Kind.UNSURE in kinds()


def test_contact_data_and_mentions_do_not_get_into_the_text_others_may_see() -> None:
    make_campaign()
    arrive(make_account(), said(f"{SEEK}. Ruf an: 0151 23456789 oder mia@example.org", to_us=True))
    flow()
    text = Listing.objects.get().text
    assert "Worms" in text
    for part in ("0151", "23456789", "example.org", "@wir", "#"):
        assert part not in text


def test_the_campaigns_day_is_meant_by_its_number() -> None:
    make_campaign()
    arrive(
        make_account(),
        said("Suche für den 26. Gesellschaft in Jena"),
        said("Suche an den Feiertagen in Jena Anschluss"),
    )
    flow()
    found = [[d.occasion.key for d in row.dates.all()] for row in Listing.objects.order_by("created_at")]
    assert found == [["12-26"], ["12-25", "12-26"]]


def test_an_unknown_campaign_hands_what_was_said_to_us_to_a_human() -> None:
    make_campaign("a", ("A",))
    make_campaign("b", ("B",))
    arrive(make_account(), said("Suche Gesellschaft an Heiligabend in Worms", channel="direct"))
    flow()
    assert (Listing.objects.count(), kinds() != []) == (0, True)


def test_who_asks_for_the_link_again_gets_it() -> None:
    make_campaign()
    account = make_account()
    arrive(account, said(SEEK, to_us=True, who="ada"))
    flow()
    arrive(account, said("Bitte schickt mir einen neuen Link.", channel="direct", who="ada"))
    flow()
    assert Send.objects.count() == 2
    assert the_link().use == PersonalLink.Use.OWN_PAGE


def test_a_question_in_a_direct_message_is_dropped_by_nobody() -> None:
    make_campaign()
    arrive(make_account(), said("Was kostet das eigentlich bei euch?", channel="direct"))
    flow()
    assert len(kinds()) == 1


EXTRA = {
    "side": "seek", "place": "Worms", "party": "2", "occasions": "12-24 12-31", "conditions": "dog quatsch",
    "household": "",
    "age_band": "30-44", "consents": "match share",
}  # fmt: skip


def test_the_form_opens_a_listing_at_once_and_answers_by_mail() -> None:
    campaign = make_campaign()
    make_account("mail")
    submit_form(answers=Answers("t", "Suche Gesellschaft", "Mia", "mia@example.org", extra=EXTRA), campaign=campaign)
    flow()
    listing = Listing.objects.get()
    assert (listing.state, listing.place, listing.lat, listing.needs) == (Standing.OPEN, "Worms", 49.63, ["dog"])
    assert [(d.occasion.key, d.seats) for d in listing.dates.all()] == [("12-24", 2), ("12-31", 2)]
    assert (listing.person.first_name, listing.person.age_band) == ("Mia", "30-44")
    assert has_consented(listing.person, "share")
    assert not has_consented(listing.person, "partner")
    send = Send.objects.get()
    assert send.account
    assert (send.account.network, send.handle and send.handle.address) == ("mail", "mia@example.org")
    assert the_link().use == PersonalLink.Use.OWN_PAGE


def test_the_form_of_somebody_under_18_lists_nobody() -> None:
    extra = {**EXTRA, "age_band": "0-17"}
    submit_form(answers=Answers("t", "Suche", "Leo", "leo@example.org", extra=extra), campaign=make_campaign())
    flow()
    assert not Listing.objects.filter(state=Standing.OPEN).exists()
    assert Send.objects.count() == 0


def test_one_text_nobody_foresaw_holds_up_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    make_campaign()
    real = taking._take_up

    def breaks(reading: object) -> None:
        if "Trier" in reading.post.text:  # type: ignore[attr-defined]
            raise ValueError("unforeseen")
        real(reading)  # type: ignore[arg-type]

    monkeypatch.setattr(taking, "_take_up", breaks)
    arrive(make_account(), said(SEEK.replace("Worms", "Trier")), said(SEEK))
    read_waiting()
    assert take_up_waiting() == 2
    assert Listing.objects.get().place == "Worms"
    assert Attention.Kind.UNSURE in kinds()
    assert take_up_waiting() == 0


def test_the_played_day_flows_whole() -> None:
    campaign = make_campaign()
    account = make_account(settings={"day": "heiligabend-naht", "speed": "0", "year": "2026"})
    campaign.accounts.add(account)
    adapter, stop = adapter_for(account), threading.Event()
    assert isinstance(adapter, Listens)
    for batch in adapter.listen(None, stop):
        if not batch.events:
            stop.set()
        store(account, batch)
    flow()
    deliver_waiting(500)
    assert Post.objects.filter(deleted_at=None).count() >= 210
    seek, offer = (Listing.objects.filter(side=side).count() for side in ("seek", "offer"))
    assert seek > 60
    assert offer > 80
    assert Listing.objects.exclude(lat=None).count() > 0.95 * (seek + offer)
    assert Listing.objects.exclude(dates=None).distinct().count() > 0.9 * (seek + offer)
    assert Listing.objects.filter(person__age_band="0-17").exclude(state=Standing.WITHDRAWN).count() == 0
    assert Attention.objects.filter(kind=Attention.Kind.DANGER, urgent=True).exists()
    sent = Send.objects.filter(automatic=True)
    assert sent.count() == sent.values("person").distinct().count() > 60
    assert {send.state for send in sent} == {"sent"}
    for post in Post.objects.filter(basis="hashtag", handle__isnull=False):
        assert not post.automatic_allowed
