"""Mails only to who asked twice, and an end with one click."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from tests.story.conftest import ACTOR
from zueinander.networks.actions import connect
from zueinander.networks.connecting import adapter_for
from zueinander.networks.delivering import _outgoing
from zueinander.networks.models import Account, Send
from zueinander.people.models import Person, Stop, Volunteer
from zueinander.shared.forgetting import erase
from zueinander.story import actions
from zueinander.story.consent import family_link
from zueinander.story.models import Reading, Story, Subscriber

ADDRESS = "leserin@example.org"


@pytest.fixture
def mail(db: None) -> Account:
    settings = {
        "address": "hallo@verein.example",
        "smtp_host": "localhost",
        "smtp_port": "1025",
        "smtp_security": "none",
    }
    return connect(network="mail", name="Mail", settings=settings)


def asked(story: Story, address: str = ADDRESS) -> str:
    """The path of the link in the mail that asks."""
    page = Client().post(f"/newsletter/{story.campaign.slug}/", {"mail": address})
    assert page.status_code == 200
    assert "Schau in dein Postfach" in page.content.decode()
    send = Send.objects.order_by("-created_at").first()
    assert send is not None
    assert send.handle is not None
    assert send.handle.address == address
    found = re.search(r"https?://[^/]+(/newsletter/ja/\S+)", send.text)
    assert found is not None
    return found[1]


def test_nothing_comes_before_the_second_yes(story: Story, mail: Account, bo: Volunteer) -> None:
    link = asked(story)
    actions.order_issue(story, subject="Neues", text="Hallo", by=bo)
    assert actions.send_issues() == 0
    client = Client()
    assert client.get(link).status_code == 200
    assert Subscriber.objects.get().state == Reading.PENDING, "programs that open links in mails say no yes"
    assert "Schön, dass du mitliest" in client.post(link).content.decode()
    assert client.post(link).status_code == 410, "a yes is said once"
    actions.order_issue(story, subject="Neues von [[vater]]", text="[[vater]] **lacht**.", by=bo)
    assert actions.send_issues() == 1
    assert actions.send_issues() == 0
    send = Send.objects.get(idempotency_key__startswith="issue:")
    assert send.subject_line == "Neues von Balduin"
    assert send.text.startswith("Balduin lacht.")


def test_one_click_ends_it_as_mail_programs_do_it(story: Story, mail: Account, bo: Volunteer) -> None:
    Client().post(asked(story))
    actions.order_issue(story, subject="Neues", text="Hallo", by=bo)
    actions.send_issues()
    send = Send.objects.get(idempotency_key__startswith="issue:")
    message = adapter_for(mail)._compose(_outgoing(send), ADDRESS)  # type: ignore[attr-defined]
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = message["List-Unsubscribe"].strip("<>")
    path = "/" + address.split("/", 3)[3]
    strict = Client(enforce_csrf_checks=True)
    assert strict.get(path).status_code == 200
    assert Subscriber.objects.get().state == Reading.ACTIVE, "opening the link is not the click"
    assert strict.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Subscriber.objects.get().state == Reading.GONE
    assert strict.post(path).status_code == 200, "again is harmless"
    actions.order_issue(story, subject="Mehr", text="Noch etwas", by=bo)
    assert actions.send_issues() == 0


def test_the_form_does_not_tell_who_reads_and_does_not_let_anybody_be_flooded(story: Story, mail: Account) -> None:
    link = asked(story)
    first = Client().post(f"/newsletter/{story.campaign.slug}/", {"mail": ADDRESS}).content
    assert Send.objects.count() == 1
    Client().post(link)
    again = Client().post(f"/newsletter/{story.campaign.slug}/", {"mail": ADDRESS}).content
    assert Send.objects.count() == 1
    forms_apart = [re.sub(rb'value="\w{64}"', b"", page) for page in (first, again)]
    assert forms_apart[0] == forms_apart[1]


def test_who_left_can_come_back_with_a_new_question(story: Story, mail: Account) -> None:
    link = asked(story)
    Client().post(link)
    row = Subscriber.objects.get()
    actions.leave(row_token(row))
    Subscriber.objects.update(asked_at=timezone.now() - timedelta(hours=2))
    other = asked(story)
    assert other != link
    assert Client().post(link).status_code == 410
    assert Client().post(other).status_code == 200


def row_token(row: Subscriber) -> str:
    from zueinander.story.newsletter import leave_address

    return leave_address(row).rsplit("/", 1)[1]


def test_stop_is_stop_here_too(story: Story, mail: Account, bo: Volunteer) -> None:
    from zueinander.people.actions import stop

    Client().post(asked(story))
    stop(person=Person.objects.get(), actor="machine")
    actions.order_issue(story, subject="Neues", text="Hallo", by=bo)
    assert actions.send_issues() == 0


def test_an_address_nobody_confirmed_is_forgotten(story: Story, mail: Account) -> None:
    link = asked(story)
    Subscriber.objects.update(asked_at=timezone.now() - timedelta(days=8))
    assert Client().get(link).status_code == 410
    assert actions.forget_unconfirmed() == 1
    assert not Person.objects.exists()
    assert not Subscriber.objects.exists()


def test_erasing_a_person_ends_their_reading(story: Story, mail: Account) -> None:
    Client().post(asked(story))
    erase(Person.objects.get().pk)
    assert not Subscriber.objects.exists()
    assert not Stop.objects.exists()


@pytest.mark.parametrize("token", ["1-x", "x", "99999999999999999999-a", "1-" + "0" * 40])
def test_a_guessed_link_opens_nothing(story: Story, mail: Account, token: str) -> None:
    asked(story)
    assert Client().get(f"/newsletter/ja/{token}").status_code == 410
    assert Client().post(f"/newsletter/ab/{token}").status_code == 410


@pytest.mark.django_db(transaction=True)
def test_the_family_takes_back_by_itself_and_it_is_gone_when_the_page_answers(story: Story, data: Path) -> None:
    from zueinander.site.story import publisher

    publisher.publish(story)
    page = data / "public/current/fuer/buch-fuer-balduin/index.html"
    assert "Ein Buch für Balduin" in page.read_text()
    path = f"/familie/{family_link(story, actor=ACTOR)}/"
    client = Client(enforce_csrf_checks=True)
    seen = client.get(path).content.decode()
    assert "Mutter der Kinder" in seen
    fact = story.facts.get(key="vater")
    token = client.cookies["csrftoken"].value
    answer = client.post(path, {"what": f"fact-{fact.pk}", "csrfmiddlewaretoken": token})
    assert answer.status_code == 302
    assert "Ein Buch für ein Vater" in page.read_text()
    assert Client().get("/familie/falsch/").status_code == 410
