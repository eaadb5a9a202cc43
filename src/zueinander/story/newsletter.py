"""The updates by mail: asked for twice before the first one comes, left with one click from any of them."""

from __future__ import annotations

import hmac
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from zueinander.intake.models import Post
from zueinander.journal.actions import name_of, record
from zueinander.listings.models import Listing
from zueinander.networks.actions import queue_send, turned_to_us
from zueinander.networks.models import Account, Send
from zueinander.people.actions import meet
from zueinander.people.models import Handle, Person, Volunteer
from zueinander.shared.config import config
from zueinander.shared.forgetting import erase
from zueinander.shared.lifecycle import ForbiddenStep
from zueinander.shared.nudge import nudge
from zueinander.shared.sealed import blind_index
from zueinander.story import rules
from zueinander.story.models import READING, NewsletterIssue, Reading, Story, Subscriber
from zueinander.story.queries import LANGUAGES, shown_facts
from zueinander.story.telling import checked

YES_WITHIN = timedelta(days=7)
NOT_AGAIN_WITHIN = timedelta(hours=1)


class NoMail(Exception):  # noqa: N818
    """There is no mail account of ours by which anything could be sent."""


def mail_account() -> Account | None:
    return Account.objects.filter(network="mail", active=True).order_by("pk").first()


@transaction.atomic
def ask(story: Story, *, address: str) -> None:
    """Somebody typed this address: it gets one mail with the question. The answer is the same for every address.

    Who reads already, or was asked within the hour, gets nothing. Raises `NoMail`.
    """
    account = mail_account()
    if account is None:
        raise NoMail
    now = timezone.now()
    handle = meet(network="mail", native_id=address, address=address)
    row, made = Subscriber.objects.select_for_update(no_key=True).get_or_create(
        story=story, person=handle.person, defaults={"asked_at": now}
    )
    if not made and (row.state == Reading.ACTIVE or now - row.asked_at < NOT_AGAIN_WITHIN):
        return
    if row.state == Reading.GONE:
        READING.move(row, Reading.PENDING, gone_at=None)
    Subscriber.objects.filter(pk=row.pk).update(asked_at=now, language=get_language() or "de")
    row.refresh_from_db()
    turned_to_us(handle=handle, account=account, channel="form", native_id="", at=now)
    text = _(
        "Jemand hat diese Mailadresse für Neuigkeiten zu „%(title)s“ eingetragen.\n\n"
        "Wenn du das warst, bestätige es hier:\n%(url)s\n\n"
        "Der Link gilt sieben Tage. Wenn du es nicht warst, musst du nichts tun, dann löschen wir die Adresse wieder."
    ) % {"title": _title(story, row.language), "url": yes_address(row)}
    queue_send(
        account=account, person=handle.person, handle=handle, kind="direct", about=name_of(row), text=text,
        idempotency_key=f"subscribe:{row.pk}:{row.asked_at.timestamp():.6f}", automatic=True,
        subject_line=_("Möchtest du die Neuigkeiten lesen?"),
    )  # fmt: skip


@transaction.atomic
def say_yes(token: str) -> Subscriber | None:
    """The second yes. None when the link is wrong, used up, or older than seven days."""
    row = _of(token, "yes")
    if row is None or row.state != Reading.PENDING or timezone.now() - row.asked_at > YES_WITHIN:
        return None
    READING.move(row, Reading.ACTIVE, confirmed_at=timezone.now())
    record("subscribed", row, actor=name_of(row.person))
    return row


@transaction.atomic
def leave(token: str) -> Subscriber | None:
    """No more mails from now on. None when the link is wrong; again is harmless."""
    row = _of(token, "leave")
    if row is not None:
        try:
            READING.move(row, Reading.GONE, gone_at=timezone.now())
            record("unsubscribed", row, actor=name_of(row.person))
        except ForbiddenStep:
            pass
    return row


def standing_question(token: str) -> Subscriber | None:
    """Whose yes this link would be, while it is one."""
    row = _of(token, "yes")
    fresh = row is not None and row.state == Reading.PENDING and timezone.now() - row.asked_at <= YES_WITHIN
    return row if fresh else None


def yes_address(row: Subscriber) -> str:
    return f"{config().address}/newsletter/ja/{_token(row, 'yes')}{_in(row)}"


def leave_address(row: Subscriber) -> str:
    return f"{config().address}/newsletter/ab/{_token(row, 'leave')}{_in(row)}"


def _in(row: Subscriber) -> str:
    """Whoever asked on a page in another language goes on in it."""
    return "" if row.language == "de" else f"?sprache={row.language}"


def _token(row: Subscriber, use: str) -> str:
    """Nothing to store: a keyed hash. That for saying yes is another one each time somebody asks."""
    asked = f"{row.asked_at.timestamp():.6f}" if use == "yes" else ""
    return f"{row.pk}-{blind_index('newsletter', use, str(row.pk), str(row.person_id), asked)[:40]}"


def _of(token: str, use: str) -> Subscriber | None:
    pk, _dash, _hash = token.partition("-")
    rows = Subscriber.objects.select_related("person", "story__campaign")
    row = rows.filter(pk=int(pk)).first() if pk.isascii() and pk.isdigit() and len(pk) < 18 else None
    return row if row is not None and hmac.compare_digest(_token(row, use), token) else None


@transaction.atomic
def order_issue(story: Story, *, subject: str, text: str, by: Volunteer) -> NewsletterIssue:
    """A mail to all who read along; it goes out in the background. Raises `BadText`, `NoMail`."""
    checked(story, subject, text)
    if mail_account() is None:
        raise NoMail
    issue = NewsletterIssue.objects.create(story=story, subject=subject.strip(), text=text.strip(), ordered_by=by)
    record("ordered", issue, story, actor=name_of(by))
    nudge("story.send_issues")
    return issue


def send_issues() -> int:
    """Queues what was ordered, one row per reader; broken off it goes on where it was. Returns how many were queued."""
    count = 0
    for issue in NewsletterIssue.objects.filter(sent_at=None).select_related("story__campaign").order_by("pk"):
        count += _send(issue)
    return count


def _send(issue: NewsletterIssue) -> int:
    account = mail_account()
    if account is None:
        return 0
    facts, count = shown_facts(issue.story), 0
    words, subject = rules.plain(issue.text, facts), rules.fill(issue.subject, facts)
    for row in issue.story.subscribers.filter(state=Reading.ACTIVE).select_related("person").order_by("pk"):
        key = f"issue:{issue.pk}:{row.pk}"
        handle = Handle.objects.filter(person=row.person, network="mail", gone_at=None).order_by("pk").first()
        if handle is None or Send.objects.filter(idempotency_key=key).exists():
            continue
        url = f"{config().address}/fuer/{issue.story.campaign.slug}/{LANGUAGES[row.language]}"
        with override(row.language):
            foot = _("Mehr: %(url)s\nKeine Mails mehr: %(leave)s") % {"url": url, "leave": leave_address(row)}
        sent = queue_send(
            account=account, person=row.person, handle=handle, kind="direct", about=name_of(issue),
            text=f"{words}\n\n{foot}", idempotency_key=key, subject_line=subject, unsubscribe=leave_address(row),
        )  # fmt: skip
        count += sent is not None
    readers = Send.objects.filter(idempotency_key__startswith=f"issue:{issue.pk}:").count()
    NewsletterIssue.objects.filter(pk=issue.pk).update(sent_at=timezone.now(), readers=readers)
    return count


def forget_unconfirmed() -> int:
    """Addresses nobody confirmed within seven days are erased, unless we know the person otherwise."""
    old = Subscriber.objects.filter(state=Reading.PENDING, asked_at__lt=timezone.now() - YES_WITHIN)
    count = 0
    for row in old.select_related("person"):
        if _known_otherwise(row.person, row):
            row.delete()
        else:
            erase(row.person_id)
        count += 1
    return count


def _known_otherwise(person: Person, row: Subscriber) -> bool:
    return (
        person.subscriptions.exclude(pk=row.pk).exists()
        or Post.objects.filter(handle__person=person).exists()
        or Listing.objects.filter(person=person).exists()
        or person.handles.exclude(network="mail").exists()
    )


def _title(story: Story, language: str) -> str:
    return rules.fill(story.said("title", language)[0], shown_facts(story, language))
