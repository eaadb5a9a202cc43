"""The story as everybody may read it: facts and pictures where the family's consent stands, money from the book."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from zueinander.giving.proceeds import PublicProduct
from zueinander.giving.queries import (
    Money,
    PublicAccount,
    PublicPayout,
    accounts_of,
    money_of,
    payouts_of,
    products_of,
    wording_of,
)
from zueinander.shared.config import config
from zueinander.shared.sealed import blind_index
from zueinander.story import rules
from zueinander.story.consent import may_be_shown
from zueinander.story.models import Fact, Picture, Story, Telling, Update, Writing


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """`name`: stem of its files, which nobody can guess from another picture's."""

    row: Picture
    name: str
    alt: str
    credit: str


@dataclass(frozen=True, slots=True)
class Version:
    """What stood there until `until`, and why it was changed."""

    title: str
    html: str
    until: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class ShownUpdate:
    number: int
    title: str
    html: str
    words: str
    at: datetime
    changed_at: datetime
    url: str
    retracted: bool = False
    reason: str = ""
    earlier: tuple[Version, ...] = ()
    pictures: tuple[ShownPicture, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownFact:
    label: str
    text: str


@dataclass(frozen=True)
class Told:
    """Everything a page of the story may say. `html` and `words` by the story's text fields; amounts in cents."""

    story: Story
    url: str
    short_url: str
    title: str
    subtitle: str
    hashtags: list[str]
    html: Mapping[str, str]
    words: Mapping[str, str]
    updates: list[ShownUpdate]
    lead: ShownPicture | None
    pictures: list[ShownPicture]
    facts: list[ShownFact]
    money: Money
    goal: int | None
    wording: str
    accounts: list[PublicAccount] = field(default_factory=list)
    products: list[PublicProduct] = field(default_factory=list)
    payouts: list[PublicPayout] = field(default_factory=list)

    @property
    def closed(self) -> bool:
        return self.story.state == Telling.CLOSED

    @property
    def percent(self) -> int | None:
        """How much of the goal is there, 0 to 100, rounded down: full only when it is full."""
        if not self.goal:
            return None
        return max(0, min(100, (self.money.received - self.money.returned) * 100 // self.goal))


def told(story: Story) -> Told:
    """The story as it may be read now."""
    words_of = shown_facts(story)
    url = f"{config().address}/fuer/{story.campaign.slug}/"
    pictures = [_picture(row, words_of) for row in story.pictures.prefetch_related("agreements") if may_be_shown(row)]
    own = [one for one in pictures if one.row.update_id is None]
    campaign = story.campaign
    return Told(
        story=story, url=url, short_url=f"{config().address}/f/{story.code}/",
        title=rules.fill(story.title, words_of), subtitle=rules.fill(story.subtitle, words_of),
        hashtags=list(campaign.hashtags),
        html={name: rules.html(getattr(story, name), words_of) for name in Story.TEXTS},
        words={name: rules.plain(getattr(story, name), words_of) for name in Story.TEXTS},
        updates=[_update(row, words_of, url, pictures) for row in _public_updates(story)],
        lead=own[0] if own else None, pictures=own,
        facts=[ShownFact(f.label, f.text) for f in _facts(story) if may_be_shown(f)],
        money=money_of(campaign), goal=story.goal_cents, wording=wording_of(campaign),
        accounts=[] if story.state == Telling.CLOSED else accounts_of(campaign), products=products_of(campaign),
        payouts=payouts_of(campaign),
    )  # fmt: skip


def shown_facts(story: Story) -> dict[str, str]:
    """For each place in a text what stands there now: the fact, or what is said instead."""
    return {fact.key: fact.text if may_be_shown(fact) else fact.instead for fact in _facts(story)}


def _facts(story: Story) -> list[Fact]:
    return list(story.facts.prefetch_related("agreements"))


def _public_updates(story: Story) -> list[Update]:
    rows = story.updates.filter(state__in=[Writing.PUBLISHED, Writing.RETRACTED]).prefetch_related("corrections")
    return sorted(rows, key=lambda row: (row.published_at, row.number), reverse=True)


def _picture(row: Picture, facts: Mapping[str, str]) -> ShownPicture:
    name = blind_index("picture", str(row.pk))[:20]
    return ShownPicture(row, name, rules.fill(row.alt, facts), rules.fill(row.credit, facts))


def _update(row: Update, facts: Mapping[str, str], url: str, pictures: list[ShownPicture]) -> ShownUpdate:
    assert row.published_at is not None
    here = f"{url}neues/{row.number}/"
    if row.state == Writing.RETRACTED:
        title = "Zurückgenommen"
        reason = rules.fill(row.retracted_for, facts)
        return ShownUpdate(row.number, title, "", reason, row.published_at, row.published_at, here, True, reason)
    corrections = list(row.corrections.all())
    earlier = tuple(
        Version(rules.fill(c.title_before, facts), rules.html(c.text_before, facts), c.at, rules.fill(c.reason, facts))
        for c in corrections
    )
    return ShownUpdate(
        number=row.number, title=rules.fill(row.title, facts), html=rules.html(row.text, facts),
        words=rules.plain(row.text, facts), at=row.published_at,
        changed_at=corrections[0].at if corrections else row.published_at, url=here, earlier=earlier,
        pictures=tuple(one for one in pictures if one.row.update_id == row.pk),
    )  # fmt: skip
