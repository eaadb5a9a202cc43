"""What the family has agreed to: recorded for each fact and each picture, withdrawn with immediate effect."""

from __future__ import annotations

import hashlib
import secrets

from django.db import transaction
from django.utils import timezone

from zueinander.journal.actions import record
from zueinander.people.models import Volunteer
from zueinander.story.models import Agreement, Fact, Picture, Story, Update
from zueinander.story.pictures import reencode
from zueinander.story.publishing import ask_to_publish
from zueinander.story.telling import BadText, checked

Thing = Fact | Picture


def standing(thing: Thing) -> Agreement | None:
    """The agreement that holds now."""
    return next((one for one in thing.agreements.all() if one.withdrawn_at is None), None)


def may_be_shown(thing: Thing) -> bool:
    """Whether the public may see it: a standing agreement, and for a child one that says so."""
    agreement = standing(thing)
    of_child = thing.about_child if isinstance(thing, Fact) else thing.shows_child
    there = bool(thing.text) if isinstance(thing, Fact) else bool(thing.image)
    return there and agreement is not None and (agreement.covers_child or not of_child)


@transaction.atomic
def save_fact(
    story: Story,
    *,
    key: str,
    label: str,
    text: str,
    instead: str,
    about_child: bool,
    actor: str,
    text_en: str = "",
    instead_en: str = "",
) -> Fact:
    """A fact, new or changed. Other words, or now about a child, are not what was agreed to: the agreement ends."""
    given = {
        "label": label, "text": text.strip(), "instead": instead, "about_child": about_child,
        "text_en": text_en.strip(), "instead_en": instead_en,
    }  # fmt: skip
    fact, made = Fact.objects.get_or_create(story=story, key=key, defaults=given)
    if not made:
        said = (fact.text, fact.text_en) != (given["text"], given["text_en"])
        other = said or (about_child and not fact.about_child)
        for name, value in given.items():
            setattr(fact, name, value)
        fact.save()
        if other and standing(fact):
            withdraw(fact, by=actor)
    _not_said_openly(story)
    record("created" if made else "changed", fact, story, actor=actor)
    ask_to_publish(story)
    return fact


def _not_said_openly(story: Story) -> None:
    """A new fact may stand openly in texts already written: then they are changed first."""
    checked(story, *story.all_texts)
    for update in story.updates.exclude(state="retracted"):
        checked(story, *update.all_texts)
    for picture in story.pictures.all():
        if picture.image:
            checked(story, picture.alt, picture.alt_en, picture.credit)


@transaction.atomic
def add_picture(
    story: Story,
    *,
    data: bytes,
    alt: str,
    credit: str,
    shows_child: bool,
    actor: str,
    update: Update | None = None,
    licence: str = "",
    for_press: bool = False,
    alt_en: str = "",
) -> Picture:
    """Raises `BadPicture` when it is none, `BadText` for a fact that stands openly in its description."""
    checked(story, alt, alt_en, credit)
    made = reencode(data)
    picture = Picture.objects.create(
        story=story, update=update, alt=alt.strip(), alt_en=alt_en.strip(), credit=credit.strip(),
        licence=licence.strip(), for_press=for_press, shows_child=shows_child,
        image=made.data, width=made.width, height=made.height,
    )  # fmt: skip
    record("created", picture, story, actor=actor)
    return picture


@transaction.atomic
def agree(thing: Thing, *, given_by: str, how: str, covers_child: bool, by: Volunteer) -> Agreement:
    """Records a yes of the family, in place of an earlier one. Raises `BadText` when nobody gave it."""
    if not given_by.strip() or not how.strip():
        raise BadText("Bitte schreib dazu, wer zugestimmt hat und wie.")
    if isinstance(thing, Picture) and not thing.image:
        raise BadText("Dieses Bild ist gelöscht. Lade es neu hoch, wenn die Familie es wieder erlaubt.")
    now = timezone.now()
    thing.agreements.filter(withdrawn_at=None).update(withdrawn_at=now, withdrawn_by="replaced")
    agreement = Agreement.objects.create(
        fact=thing if isinstance(thing, Fact) else None, picture=thing if isinstance(thing, Picture) else None,
        given_by=given_by.strip(), how=how.strip(), covers_child=covers_child, recorded_by=by,
    )  # fmt: skip
    record("consented", thing, thing.story, actor=f"volunteer:{by.pk}", child=covers_child)
    ask_to_publish(thing.story)
    return agreement


@transaction.atomic
def withdraw(thing: Thing, *, by: str) -> bool:
    """The family's no: gone from every page before this returns to the reader, a picture's copies for good.

    False when nothing stood. Again is harmless.
    """
    ended = thing.agreements.filter(withdrawn_at=None).update(withdrawn_at=timezone.now(), withdrawn_by=by)
    if isinstance(thing, Picture):
        Picture.objects.filter(pk=thing.pk).update(image=b"")
    if ended:
        record("consent withdrawn", thing, thing.story, actor=by)
    ask_to_publish(thing.story, at_once=True)
    return bool(ended)


@transaction.atomic
def family_link(story: Story, *, actor: str) -> str:
    """Token of the page on which the family sees and withdraws everything; an earlier one ends."""
    token = secrets.token_urlsafe(32)
    Story.objects.filter(pk=story.pk).update(family_token_hash=_hash(token))
    record("family link made", story, actor=actor)
    return token


def story_of_family(token: str) -> Story | None:
    return Story.objects.filter(family_token_hash=_hash(token)).select_related("campaign").first() if token else None


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
