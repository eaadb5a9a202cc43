"""Writing the story and its updates, and letting them into the public."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from zueinander.campaigns.models import Campaign
from zueinander.journal.actions import MACHINE, record
from zueinander.shared.lifecycle import ForbiddenStep
from zueinander.story import rules
from zueinander.story.models import TELLING, WRITING, Correction, Story, Telling, Update, Writing
from zueinander.story.publishing import ask_to_publish


class BadText(ValueError):  # noqa: N818
    """A text that may not be published as it is; a German sentence for the writer."""


def checked(story: Story, *texts: str) -> None:
    """Raises `BadText` for a place nobody filled, and for a fact that stands openly: no withdrawal would reach it."""
    facts = list(story.facts.all()) if story.pk else []
    said_of = [(fact.key, words) for fact in facts for words in fact.wordings]
    pictures = set(story.pictures.values_list("pk", flat=True)) if story.pk else set()
    for text in texts:
        if unknown := rules.places(text) - {fact.key for fact in facts}:
            raise BadText(f"Diese Stelle gibt es nicht: [[{min(unknown)}]]. Lege sie erst unter „Angaben“ an.")
        for key, said in rules.said_openly(text, said_of):
            raise BadText(f"„{said}“ steht offen im Text. Schreib stattdessen [[{key}]], dann gilt die Zustimmung.")
        if missing := set(rules.placed(text)) - pictures:
            raise BadText(f"Dieses Bild gibt es nicht: ![Bild {min(missing)}]. Lade es erst unter „Zustimmung“ hoch.")
        if astray := rules.astray(text):
            raise BadText(f"Ein Bild steht mit seiner Nummer allein in einer Zeile, hier nicht: {astray}")


def tidy(texts: Mapping[str, str]) -> dict[str, str]:
    """Each text as it is kept; empty ones are not."""
    neat = {name: text.replace("\r\n", "\n").strip() for name, text in texts.items()}
    return {name: text for name, text in neat.items() if text}


@transaction.atomic
def save_story(
    campaign: Campaign,
    *,
    texts: Mapping[str, str],
    goal_cents: int | None,
    actor: str,
    english: Mapping[str, str] | None = None,
) -> Story:
    """The campaign's story, made or changed; what is public already is published anew. Raises `BadText`.

    `english`: by the names of the texts; those not named stay as they are, an empty one is taken away.
    """
    story = Story.objects.select_for_update(no_key=True).filter(campaign=campaign).first() or Story(campaign=campaign)
    new = story.pk is None
    for name in Story.TEXTS:
        setattr(story, name, texts.get(name, getattr(story, name)).replace("\r\n", "\n").strip())
    story.english = tidy({**story.english, **(english or {})})
    checked(story, *story.all_texts)
    story.goal_cents = goal_cents
    story.save()
    record("created" if new else "changed", story, campaign, actor=actor)
    ask_to_publish(story)
    return story


@transaction.atomic
def publish_story(story: Story, *, actor: str) -> Story:
    """Everybody may read it from now on. Raises `ForbiddenStep`, or `BadText` where a sentence is missing."""
    needed = {"appeal": "der Aufruf", "way": "wie das Geld ankommt", "organiser": "wer das organisiert"}
    if missing := [words for name, words in needed.items() if not getattr(story, name)]:
        raise BadText(f"Es fehlt noch: {', '.join(missing)}.")
    TELLING.move(story, Telling.PUBLISHED, published_at=story.published_at or timezone.now(), closed_at=None)
    record("published", story, actor=actor)
    ask_to_publish(story)
    return story


@transaction.atomic
def close_story(
    story: Story, *, thanks: str, surplus: str, actor: str, english: Mapping[str, str] | None = None
) -> Story:
    """The goal is reached: the page says thank you, what happens with more, and gives the final account.

    `english`: both texts; without them what stood there in English before goes, as it may no longer be true.
    """
    given = {"thanks": "", "surplus": "", **(english or {})}
    there = Story.objects.select_for_update(no_key=True).values_list("english", flat=True).get(pk=story.pk)
    checked(story, thanks, surplus, *given.values())
    if not thanks.strip() or not surplus.strip():
        raise BadText("Zum Abschluss gehören ein Dank und was mit weiterem Geld geschieht.")
    TELLING.move(
        story, Telling.CLOSED, thanks=thanks.strip(), surplus=surplus.strip(), closed_at=timezone.now(),
        english=tidy({**there, **given}),
    )  # fmt: skip
    record("closed", story, actor=actor)
    ask_to_publish(story)
    return story


@transaction.atomic
def take_offline(story: Story, *, actor: str) -> Story:
    """Nobody may read it any more; its files are removed at once."""
    TELLING.move(story, Telling.OFFLINE)
    record("withdrawn", story, actor=actor)
    ask_to_publish(story, at_once=True)
    return story


@transaction.atomic
def write_update(
    story: Story,
    *,
    title: str,
    text: str,
    actor: str,
    update: Update | None = None,
    english: Mapping[str, str] | None = None,
) -> Update:
    """A draft, new or changed. Raises `ForbiddenStep` for one that is public: that is corrected, not rewritten."""
    title, text, other = title.strip(), text.replace("\r\n", "\n").strip(), _both(english)
    checked(story, title, text, *other.values())
    if update is None:
        Story.objects.select_for_update(no_key=True).get(pk=story.pk)
        last = story.updates.aggregate(last=Max("number"))["last"] or 0
        update = Update.objects.create(story=story, number=last + 1, title=title, text=text, english=other)
        record("created", update, story, actor=actor)
        return update
    unseen = Update.objects.filter(pk=update.pk, state__in=[Writing.DRAFT, Writing.SCHEDULED])
    if not unseen.update(title=title, text=text, english=other):
        raise ForbiddenStep(f"Update {update.pk} is public.")
    record("changed", update, story, actor=actor)
    update.refresh_from_db()
    return update


def _both(english: Mapping[str, str] | None) -> dict[str, str]:
    """Title and text in English, or neither."""
    found = tidy(english or {})
    if len(found) == 1:
        raise BadText("Zum englischen Text gehört eine englische Überschrift, und umgekehrt.")
    return found


@transaction.atomic
def schedule(update: Update, *, at: datetime, actor: str) -> Update:
    """It goes out by itself at that time. Again with another time moves it."""
    if update.state == Writing.SCHEDULED:
        WRITING.move(update, Writing.DRAFT, publish_at=None)
    WRITING.move(update, Writing.SCHEDULED, publish_at=at)
    record("scheduled", update, actor=actor)
    return update


@transaction.atomic
def unschedule(update: Update, *, actor: str) -> Update:
    WRITING.move(update, Writing.DRAFT, publish_at=None)
    record("changed", update, actor=actor)
    return update


@transaction.atomic
def publish_update(update: Update, *, actor: str) -> Update:
    """Public from now on, with its date. Raises `ForbiddenStep` and `BadText`."""
    checked(update.story, *update.all_texts)
    WRITING.move(update, Writing.PUBLISHED, published_at=timezone.now())
    record("published", update, actor=actor)
    ask_to_publish(update.story)
    return update


@transaction.atomic
def correct_update(
    update: Update, *, title: str, text: str, reason: str, actor: str, english: Mapping[str, str] | None = None
) -> Update:
    """What it said before stays readable beside it, with the reason. Raises `BadText` and `ForbiddenStep`.

    `english` None: as it is. A first English text beside the same German one corrects nothing and needs no reason.
    """
    title, text, reason = title.strip(), text.replace("\r\n", "\n").strip(), reason.strip()
    now = Update.objects.select_for_update(no_key=True).get(pk=update.pk)
    other = now.english if english is None else _both(english)
    checked(update.story, title, text, reason, *other.values())
    only_added = (now.title, now.text, now.english) == (title, text, {})
    if not reason and not only_added:
        raise BadText("Schreib dazu, warum du etwas berichtigst. Es steht bei der Neuigkeit.")
    if now.state != Writing.PUBLISHED:
        raise ForbiddenStep(f"Update {update.pk} is not public.")
    if (now.title, now.text, now.english) != (title, text, other):
        if not only_added:
            Correction.objects.create(
                update=now, title_before=now.title, text_before=now.text, english_before=now.english, reason=reason
            )
        Update.objects.filter(pk=now.pk).update(title=title, text=text, english=other)
        record("translated" if only_added else "corrected", now, actor=actor)
        ask_to_publish(update.story)
    update.refresh_from_db()
    return update


@transaction.atomic
def retract(update: Update, *, reason: str, actor: str) -> Update:
    """Its words are gone at once, also from its corrections; that it was there, and why it is not, stays."""
    checked(update.story, reason)
    WRITING.move(update, Writing.RETRACTED, retracted_for=reason.strip())
    record("retracted", update, actor=actor)
    ask_to_publish(update.story, at_once=True)
    return update


def publish_due(now: datetime | None = None) -> int:
    """Lets out what was scheduled for a time that has come; returns how many. Running it twice changes nothing."""
    due: dict[str, Any] = {"state": Writing.SCHEDULED, "publish_at__lte": now or timezone.now()}
    count = 0
    for update in Update.objects.filter(**due).select_related("story").order_by("publish_at", "pk"):
        try:
            publish_update(update, actor=MACHINE)
            count += 1
        except (ForbiddenStep, BadText):
            continue
    return count
