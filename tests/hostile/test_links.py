"""Wrong, old and tampered links, and buttons pressed twice: a clear answer, and nothing happens."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests import pairs
from zueinander.introductions.actions import ask_approved, write
from zueinander.introductions.models import Message
from zueinander.matching.actions import approve
from zueinander.people.actions import invite, make_link, revoke_links
from zueinander.people.models import Invitation, PersonalLink, Volunteer

pytestmark = pytest.mark.django_db
OWN = PersonalLink.Use.OWN_PAGE


def opened(client: Client, token: str) -> int:
    return client.get(f"/l/{token}", follow=True).status_code


@pytest.mark.parametrize(
    "token", ["x", "a" * 43, "A" * 5_000, "%00", "..%2f..%2fetc", "ünïcödé", "‮gnol", "'; DROP TABLE people_person; --"]
)
def test_a_link_that_never_was_is_said_to_be_gone(client: Client, token: str) -> None:
    answer = client.get(f"/l/{token}", follow=True)
    assert answer.status_code in (404, 410)
    assert "Traceback" not in answer.content.decode()
    assert client.get("/meins/").headers["Location"] == "/link-abgelaufen/"


def test_an_expired_or_revoked_link_leads_to_a_new_one_also_when_it_was_open(client: Client) -> None:
    person = pairs.person("Ada")
    token = make_link(person=person, use=OWN)
    assert opened(client, token) == 200
    for end in (_expire, lambda: revoke_links(person=person)):
        PersonalLink.objects.update(expires_at=timezone.now() + timedelta(days=1), revoked_at=None)
        assert opened(client, token) == 200
        end()
        answer = client.get("/meins/", follow=True)
        assert answer.status_code == 410
        assert 'name="mail"' in answer.content.decode(), "a new link can be asked for"
        assert opened(Client(), token) == 410


def _expire() -> None:
    PersonalLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))


def test_a_used_or_old_invitation_lets_nobody_in(client: Client) -> None:
    token = invite()
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    for one in (token, "gibt-es-nicht"):
        assert client.get(f"/schreibtisch/einladung/{one}").status_code == 410
        joining = {"email": "fremd@example.org", "password1": "ein langes Kennwort"}
        client.post("/konto/signup/", joining)
    assert not Volunteer.objects.exists()


def test_a_message_sent_twice_is_there_once_and_two_with_the_same_words_are_two() -> None:
    introduction = pairs.introduction()
    author = introduction.match.seek.person
    for token in ("eins", "eins", "zwei"):
        write(introduction, author=author, text="Bis morgen", token=token)
    assert Message.objects.count() == 2


def test_a_yes_pressed_twice_and_a_no_that_comes_too_late(client: Client) -> None:
    of = pairs.campaign()
    match = pairs.proposal(of, pairs.listing(of, "seek", "Ada"), pairs.listing(of, "offer", "Bo"))
    approve(match, by=pairs.volunteer())
    ask_approved()
    for ask in match.asks.all():
        browser = Client()
        opened(browser, make_link(person=ask.listing.person, use=PersonalLink.Use.ANSWER, subject=ask))
        for answer in ("yes", "yes"):
            said = browser.post(f"/meins/vorschlag/{ask.pk}/", {"answer": answer}, follow=True)
            assert said.status_code == 200
    late = browser.post(f"/meins/vorschlag/{ask.pk}/", {"answer": "no"}, follow=True)
    assert late.status_code == 200
    match.refresh_from_db()
    assert (match.state, match.asks.filter(answer="yes").count()) == ("introduced", 2)
