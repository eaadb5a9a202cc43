"""Every send is a row before it is tried, ends as sent, refused or unclear, and is never doubled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.flowing import arrive, make_account, make_volunteer, said
from zueinander.networks import actions, delivering
from zueinander.networks.actions import deliver_waiting, queue_send, reclaim_trying, settle_unclear, tell
from zueinander.networks.connecting import adapter_for
from zueinander.networks.models import Account, Send, Sending
from zueinander.networks.port import Outgoing, Refused, Sent, Unclear
from zueinander.networks.rules import DANGER, STOPPED
from zueinander.people.actions import raise_attention, stop
from zueinander.people.models import Attention, Handle, Person
from zueinander.shared.lifecycle import ForbiddenStep

pytestmark = pytest.mark.django_db


class Trouble:
    """The network's answers, one for each try; afterwards everything is sent. Wraps a real adapter."""

    def __init__(self, *answers: Exception | Callable[[Outgoing], None], idempotent: bool = False) -> None:
        self.answers, self.heard, self.idempotent = list(answers), list[Outgoing](), idempotent
        self.network = "replay"
        self.remembers: timedelta | None = None
        self.rules: Any = None

    def of(self, account: Account) -> Trouble:
        self.rules = adapter_for(account).rules
        return self

    def send(self, outgoing: Outgoing) -> Sent:
        self.heard.append(outgoing)
        answer = self.answers.pop(0) if self.answers else None
        if isinstance(answer, Exception):
            raise answer
        if answer is not None:
            answer(outgoing)
        return Sent("native")

    publish = send


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Trouble]:
    def make(*answers: Any, **values: Any) -> Trouble:
        made = Trouble(*answers, **values)
        monkeypatch.setattr(delivering, "adapter_for", made.of)
        return made

    return make


@pytest.fixture
def ada() -> Person:
    arrive(make_account(), said("@wir hallo", who="ada", native_id="frage", to_us=True))
    return Person.objects.get()


def queued(person: Person, key: str = "k1", **values: Any) -> Send:
    send = tell(person=person, text="Danke", about="test:1", key=key, **values)
    assert send is not None
    return send


def test_the_row_is_there_before_it_is_tried(ada: Person, network: Callable[..., Trouble]) -> None:
    seen: list[str] = []
    network(lambda _: seen.append(Send.objects.get().state))
    queued(ada)
    assert deliver_waiting() == 1
    assert seen == [Sending.TRYING]
    assert Send.objects.get().state == Sending.SENT


def test_the_same_key_is_said_once(ada: Person, network: Callable[..., Trouble]) -> None:
    heard = network()
    assert queued(ada) == queued(ada)
    deliver_waiting()
    deliver_waiting()
    assert len(heard.heard) == 1


def test_one_automatic_answer_for_one_interaction(ada: Person) -> None:
    first = queued(ada, "k1", interaction="thread:1")
    assert queued(ada, "k2", interaction="thread:1") == first
    assert queued(ada, "k3", interaction="thread:2") != first
    assert queued(ada, "k4", automatic=False, interaction="thread:1") != first
    assert Send.objects.count() == 3


def test_an_automatic_answer_is_private_marked_and_in_the_same_network(
    ada: Person, network: Callable[..., Trouble]
) -> None:
    heard = network()
    queued(ada)
    deliver_waiting()
    out = heard.heard[0]
    assert (out.kind, out.to and out.to.native_id, out.in_reply_to, out.automatic) == ("direct", "ada", "frage", True)
    assert heard.rules.disclosure in out.text


def test_where_no_message_gets_through_only_a_hint_is_left_in_public(
    ada: Person, network: Callable[..., Trouble]
) -> None:
    heard = network(Refused("recipient allows no messages"))
    tell(person=ada, text="Dein Link: http://localhost/l/geheim", about="test:1", key="k")
    deliver_waiting()
    deliver_waiting()
    assert [out.kind for out in heard.heard] == ["direct", "reply"]
    assert "geheim" not in heard.heard[1].text
    assert heard.heard[0].idempotency_key != heard.heard[1].idempotency_key
    assert Send.objects.get().state == Sending.SENT


def test_what_only_a_hint_was_left_of_is_said_once_they_write_in_private(
    ada: Person, network: Callable[..., Trouble]
) -> None:
    heard = network(Refused("recipient allows no messages"))
    tell(person=ada, text="Dein Link: http://localhost/l/geheim", about="test:1", key="k")
    deliver_waiting()
    deliver_waiting()
    assert [out.kind for out in heard.heard] == ["direct", "reply"]
    hello = said("Hallo, hier bin ich", who="ada", channel="direct", posted_at=timezone.now())
    for _ in range(2):
        arrive(Account.objects.get(), hello)
        deliver_waiting()
    assert [out.kind for out in heard.heard] == ["direct", "reply", "direct"]
    assert "geheim" in heard.heard[2].text
    assert heard.heard[2].in_reply_to == hello.native_id


def test_who_wrote_in_private_is_never_answered_in_public(network: Callable[..., Trouble]) -> None:
    arrive(make_account(), said("hallo", who="bea", channel="direct"))
    heard = network(Refused("blocked"))
    queued(Person.objects.get())
    deliver_waiting()
    assert [out.kind for out in heard.heard] == ["direct"]
    assert Send.objects.get().state == Sending.REFUSED
    assert Attention.objects.get().kind == Attention.Kind.BY_HAND


def test_stop_counts_even_for_what_already_waits(ada: Person, network: Callable[..., Trouble]) -> None:
    heard = network()
    queued(ada)
    stop(person=ada, actor="machine")
    deliver_waiting()
    assert heard.heard == []
    assert (Send.objects.get().state, Send.objects.get().reason) == (Sending.REFUSED, STOPPED)
    assert tell(person=ada, text="noch etwas", about="test:1", key="k9", automatic=False) is None


def test_danger_silences_the_machine_but_not_the_human(ada: Person, network: Callable[..., Trouble]) -> None:
    heard = network()
    queued(ada)
    raise_attention(kind=Attention.Kind.DANGER, subject=ada, person=ada, deadline=timezone.now(), urgent=True)
    deliver_waiting()
    assert heard.heard == []
    assert Send.objects.get().reason == DANGER
    assert tell(person=ada, text="Ich bin Jo", about="test:1", key="k2", automatic=False)
    deliver_waiting()
    assert len(heard.heard) == 1


def test_busy_networks_are_asked_again_when_they_say(ada: Person, network: Callable[..., Trouble]) -> None:
    heard = network(Refused("429", retry_after=timedelta(minutes=5)))
    queued(ada)
    assert deliver_waiting() == 1
    send = Send.objects.get()
    assert send.state == Sending.QUEUED
    assert send.not_before is not None
    assert send.not_before > timezone.now() + timedelta(minutes=4)
    assert deliver_waiting() == 0
    Send.objects.update(not_before=timezone.now())
    deliver_waiting()
    assert Send.objects.get().state == Sending.SENT
    assert len(heard.heard) == 2


def test_a_network_that_asks_for_a_pause_gets_it_for_everything_we_have_to_say(
    ada: Person, network: Callable[..., Trouble]
) -> None:
    heard = network(Refused("429", retry_after=timedelta(minutes=5), all_wait=True))
    for number in range(3):
        queued(ada, f"k{number}")
    assert deliver_waiting() == 1
    assert len(heard.heard) == 1
    assert Send.objects.filter(state=Sending.QUEUED, not_before__gt=timezone.now() + timedelta(minutes=4)).count() == 3


def test_a_network_that_hangs_keeps_no_other_waiting(ada: Person, network: Callable[..., Trouble]) -> None:
    network(Unclear("connection lost: ReadTimeout"))
    for number in range(3):
        queued(ada, f"k{number}")
    other = make_account(name="woanders")
    queue_send(account=other, person=None, handle=None, kind="public", about="t", text="Hallo", idempotency_key="o")
    assert deliver_waiting() == 2
    states = dict(Send.objects.values_list("idempotency_key", "state"))
    assert states == {"k0": Sending.UNCLEAR, "k1": Sending.QUEUED, "k2": Sending.QUEUED, "o": Sending.SENT}


def test_who_writes_again_is_there_again(ada: Person) -> None:
    """A mail came back once, or an account was away for a while."""
    Handle.objects.update(gone_at=timezone.now() - timedelta(hours=1))
    assert tell(person=ada, text="Danke", about="test:1", key="k") is None
    arrive(Account.objects.get(), said("@wir ich bin wieder da", who="ada", to_us=True, posted_at=timezone.now()))
    assert tell(person=ada, text="Danke", about="test:1", key="k") is not None


@pytest.mark.parametrize("answer", [Unclear("connection lost"), RuntimeError("the adapter broke")])
def test_unclear_is_left_to_a_human(ada: Person, network: Callable[..., Trouble], answer: Exception) -> None:
    heard = network(answer)
    send = queued(ada)
    deliver_waiting()
    deliver_waiting()
    send.refresh_from_db()
    assert send.state == Sending.UNCLEAR
    assert len(heard.heard) == 1
    assert Attention.objects.get(cleared_at=None).kind == Attention.Kind.UNCLEAR_SEND
    settle_unclear(send, as_sent=False, by=make_volunteer())
    deliver_waiting()
    send.refresh_from_db()
    assert send.state == Sending.SENT
    assert not Attention.objects.filter(cleared_at=None).exists()


def test_sending_again_pressed_twice_sends_once(ada: Person, network: Callable[..., Trouble]) -> None:
    send, vera = queued(ada), make_volunteer()

    def pressed_again(outgoing: Outgoing) -> None:
        with pytest.raises(ForbiddenStep):
            settle_unclear(send, as_sent=False, by=vera)

    heard = network(Unclear("?"), pressed_again)
    deliver_waiting()
    settle_unclear(send, as_sent=False, by=vera)
    assert deliver_waiting() == 1
    assert deliver_waiting() == 0
    assert len(heard.heard) == 2


def test_a_human_may_say_that_it_arrived(ada: Person, network: Callable[..., Trouble]) -> None:
    heard = network(Unclear("?"))
    send = queued(ada)
    deliver_waiting()
    assert settle_unclear(send, as_sent=True, by=make_volunteer()).state == Sending.SENT
    deliver_waiting()
    assert len(heard.heard) == 1


def test_unclear_is_repeated_where_that_cannot_double(ada: Person, network: Callable[..., Trouble]) -> None:
    heard = network(Unclear("?"), idempotent=True)
    queued(ada)
    deliver_waiting()
    Send.objects.update(not_before=None)
    deliver_waiting()
    assert Send.objects.get().state == Sending.SENT
    assert len({out.idempotency_key for out in heard.heard}) == 1


@pytest.mark.parametrize(("idempotent", "becomes"), [(True, Sending.QUEUED), (False, Sending.UNCLEAR)])
def test_a_sender_that_died_in_the_middle(
    ada: Person, network: Callable[..., Trouble], idempotent: bool, becomes: str
) -> None:
    network(idempotent=idempotent)
    queued(ada)
    Send.objects.update(state=Sending.TRYING, tried_at=timezone.now())
    assert reclaim_trying() == 0  # somebody may still be at it
    Send.objects.update(tried_at=timezone.now() - timedelta(minutes=10))
    assert reclaim_trying() == 1
    assert Send.objects.get().state == becomes


def test_what_the_network_has_forgotten_is_not_said_again(ada: Person, network: Callable[..., Trouble]) -> None:
    """Mastodon knows a key for an hour: a worker that comes back the next morning must not repeat the message."""
    heard = network(Unclear("?"), idempotent=True)
    heard.remembers = timedelta(minutes=50)
    queued(ada)
    deliver_waiting()
    Send.objects.update(not_before=None, unclear_since=timezone.now() - timedelta(hours=9))
    deliver_waiting()
    assert (Send.objects.get().state, len(heard.heard)) == (Sending.UNCLEAR, 1)
    assert Attention.objects.get(cleared_at=None).kind == Attention.Kind.UNCLEAR_SEND
    settle_unclear(Send.objects.get(), as_sent=False, by=make_volunteer())
    deliver_waiting()
    assert (Send.objects.get().state, len(heard.heard)) == (Sending.SENT, 2)


def test_a_sender_that_died_long_ago_is_left_to_a_human(ada: Person, network: Callable[..., Trouble]) -> None:
    network(idempotent=True).remembers = timedelta(minutes=50)
    queued(ada)
    Send.objects.update(state=Sending.TRYING, tried_at=timezone.now() - timedelta(hours=9))
    assert reclaim_trying() == 1
    assert Send.objects.get().state == Sending.UNCLEAR


def test_a_removed_account_says_nothing(ada: Person) -> None:
    queued(ada)
    Account.objects.update(active=False)
    deliver_waiting()
    assert Send.objects.get().state == Sending.REFUSED


def test_people_are_reached_where_they_wrote_last_and_by_mail_when_nothing_else_is_left(ada: Person) -> None:
    mail = make_account("mail")
    Handle.objects.create(
        person=ada, network="form", key="f", native_id="mailto:a@example.org", address="a@example.org"
    )
    assert [account.network for _, account in actions.ways_to(ada)] == ["replay", "mail"]
    Handle.objects.filter(network="replay").update(gone_at=timezone.now())
    assert [account for _, account in actions.ways_to(ada)] == [mail]


def test_who_was_only_pasted_is_not_written_to_by_a_machine() -> None:
    make_account()
    person = Person.objects.create()
    Handle.objects.create(person=person, network="manual", key="m", native_id="instagram:mia")
    assert tell(person=person, text="Hallo", about="test:1", key="k") is None


def test_a_hashtag_alone_is_no_invitation() -> None:
    account = make_account()
    arrive(account, said("allein #KeinerBleibtAllein", who="cleo"))
    person = Person.objects.get()
    assert tell(person=person, text="Hallo", about="test:1", key="k") is None
    handle = person.handles.get()
    reply = queue_send(
        account=account, person=person, handle=handle, kind="reply", about="test:1", text="Hallo", idempotency_key="r",
        in_reply_to="x",
    )  # fmt: skip
    assert reply is not None  # a human may
