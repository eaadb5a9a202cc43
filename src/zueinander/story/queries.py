"""The story as everybody may read it: facts and pictures where the family's consent stands, money from the book."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

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
from zueinander.story.models import Correction, Fact, Picture, Story, Telling, Update, Writing

LANGUAGES = {"de": "", "en": "en/"}
"""The languages a story is published in, each with its folder below the story's address."""
PictureUrl = Callable[[Picture, str], str]
"""Where a picture lies, from its row and the stem of its files."""


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """`name`: stem of its files, which nobody can guess from another picture's.

    `lang`: of its words, if not the page's.
    """

    row: Picture
    name: str
    alt: str
    credit: str
    url: str
    lang: str = ""

    def figure(self, *, lazy: bool = True) -> SafeString:
        caption = _("Bild: %s") % self.credit if self.credit else ""
        size = (self.row.width, self.row.height)
        return mark_safe(rules.figure(self.url, alt=self.alt, caption=caption, size=size, lang=self.lang, lazy=lazy))

    @property
    def at_once(self) -> SafeString:
        """For the one that is seen first."""
        return self.figure(lazy=False)


@dataclass(frozen=True, slots=True)
class Version:
    """What stood there until `until`, and why it was changed. `lang`: of title and text, if not the page's."""

    title: str
    html: str
    until: datetime
    reason: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class ShownUpdate:
    """`pictures`: those that stand below it. `lang`: of title and text, if not the page's."""

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
    lang: str = ""


@dataclass(frozen=True, slots=True)
class ShownFact:
    label: str
    text: str


@dataclass(frozen=True)
class Told:
    """Everything a page of the story may say to readers of one language; amounts in cents.

    `home`: address of the story, `url`: of its pages in this language. By the story's text fields: `html`, the same
    without pictures in `bare`, without markup in `words`; `german` names those that are German though the page is not.
    `shown`: every picture some page shows; `pictures`: those that stand below the story, the first as `lead` above it.
    """

    story: Story
    language: str
    home: str
    url: str
    short_url: str
    title: str
    subtitle: str
    hashtags: list[str]
    html: Mapping[str, str]
    bare: Mapping[str, str]
    words: Mapping[str, str]
    german: frozenset[str]
    updates: list[ShownUpdate]
    lead: ShownPicture | None
    pictures: list[ShownPicture]
    shown: list[ShownPicture]
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
    def papers(self) -> str:
        """Below which address poster and press kit lie: in another language only where the appeal is written in it."""
        return self.home if "appeal" in self.german else self.url

    @property
    def percent(self) -> int | None:
        """How much of the goal is there, 0 to 100, rounded down: full only when it is full."""
        if not self.goal:
            return None
        return max(0, min(100, (self.money.received - self.money.returned) * 100 // self.goal))


def told(story: Story, *, language: str = "de", picture_url: PictureUrl | None = None) -> Told:
    """The story as it may be read now."""
    facts = shown_facts(story, language)
    home = f"{config().address}/fuer/{story.campaign.slug}/"
    url = f"{home}{LANGUAGES[language]}"
    at = picture_url or (lambda row, name: f"{home}bild/{name}.webp")
    pictures = _pictures(story, facts, language, at)
    texts = {name: story.said(name, language) for name in Story.TEXTS}
    updates = [_update(row, facts, url, pictures, language) for row in _public_updates(story)]
    there = {n for text, _lang in texts.values() for n in rules.placed(text)}
    own = [one for one in pictures.values() if one.row.update_id is None and one.row.pk not in there]
    figures = {pk: one.figure() for pk, one in pictures.items()}
    campaign = story.campaign
    return Told(
        story=story, language=language, home=home, url=url, short_url=f"{config().address}/f/{story.code}/",
        title=rules.fill(texts["title"][0], facts), subtitle=rules.fill(texts["subtitle"][0], facts),
        hashtags=list(campaign.hashtags),
        html={name: rules.html(text, facts, figures) for name, (text, _lang) in texts.items()},
        bare={name: rules.html(text, facts) for name, (text, _lang) in texts.items()},
        words={name: rules.plain(text, facts) for name, (text, _lang) in texts.items()},
        german=frozenset(name for name, (text, lang) in texts.items() if text and lang != language),
        updates=updates, lead=own[0] if own else None, pictures=own, shown=_seen(story, pictures, there),
        facts=[ShownFact(f.label, facts[f.key]) for f in _facts(story) if may_be_shown(f)],
        money=money_of(campaign), goal=story.goal_cents, wording=wording_of(campaign),
        accounts=[] if story.state == Telling.CLOSED else accounts_of(campaign), products=products_of(campaign),
        payouts=payouts_of(campaign),
    )  # fmt: skip


def shown_facts(story: Story, language: str = "de") -> dict[str, str]:
    """For each place in a text what stands there now: the fact, or what is said instead."""
    found = {}
    for fact in _facts(story):
        said, instead = fact.text, fact.instead
        if language == "en":
            said, instead = fact.text_en or said, fact.instead_en or instead
        found[fact.key] = said if may_be_shown(fact) else instead
    return found


def figures_in_texts(story: Story, at: PictureUrl) -> dict[int, str]:
    """The pictures that may be seen, each as it stands in a German text."""
    return {pk: one.figure() for pk, one in _pictures(story, shown_facts(story), "de", at).items()}


def _pictures(story: Story, facts: Mapping[str, str], language: str, at: PictureUrl) -> dict[int, ShownPicture]:
    rows = story.pictures.prefetch_related("agreements")
    return {row.pk: _picture(row, facts, language, at) for row in rows if may_be_shown(row)}


def _seen(story: Story, pictures: Mapping[int, ShownPicture], there: Collection[int]) -> list[ShownPicture]:
    """Of the story itself, of updates that are public, and whatever stands in one of these texts."""
    updates = [row for row in _public_updates(story) if row.state != Writing.RETRACTED]
    found = {*there, *(n for row in updates for text in _versions(row) for n in rules.placed(text))}
    of = {None, *(row.pk for row in updates)}
    return [one for pk, one in pictures.items() if pk in found or one.row.update_id in of]


def _versions(row: Update) -> Iterator[str]:
    yield from row.all_texts
    for old in row.corrections.all():
        yield from (old.text_before, *old.english_before.values())


def _facts(story: Story) -> list[Fact]:
    return list(story.facts.prefetch_related("agreements"))


def _public_updates(story: Story) -> list[Update]:
    rows = story.updates.filter(state__in=[Writing.PUBLISHED, Writing.RETRACTED]).prefetch_related("corrections")
    return sorted(rows, key=lambda row: (row.published_at, row.number), reverse=True)


def _picture(row: Picture, facts: Mapping[str, str], language: str, at: PictureUrl) -> ShownPicture:
    name = blind_index("picture", str(row.pk))[:20]
    other = row.alt_en if language == "en" else ""
    lang = "" if other or language == "de" else "de"
    alt, credit = rules.fill(other or row.alt, facts), rules.fill(row.credit, facts)
    return ShownPicture(row, name, alt, credit, at(row, name), lang)


def _update(
    row: Update, facts: Mapping[str, str], url: str, pictures: Mapping[int, ShownPicture], language: str
) -> ShownUpdate:
    assert row.published_at is not None
    here = f"{url}neues/{row.number}/"
    if row.state == Writing.RETRACTED:
        reason = rules.fill(row.retracted_for, facts)
        title, at = _("Zurückgenommen"), row.published_at
        return ShownUpdate(row.number, title, "", reason, at, at, here, retracted=True, reason=reason)
    figures = {pk: one.figure() for pk, one in pictures.items()}
    (title, lang), (text, _lang) = row.said("title", language), row.said("text", language)
    there = rules.placed(text)
    corrections = list(row.corrections.all())
    return ShownUpdate(
        number=row.number, title=rules.fill(title, facts), html=rules.html(text, facts, figures),
        words=rules.plain(text, facts), at=row.published_at,
        changed_at=corrections[0].at if corrections else row.published_at, url=here,
        earlier=tuple(_version(one, facts, figures, language) for one in corrections),
        pictures=tuple(one for pk, one in pictures.items() if one.row.update_id == row.pk and pk not in there),
        lang="" if lang == language else lang,
    )  # fmt: skip


def _version(old: Correction, facts: Mapping[str, str], figures: Mapping[int, str], language: str) -> Version:
    there = old.english_before if language == "en" else {}
    title, text = there.get("title", old.title_before), there.get("text", old.text_before)
    return Version(
        title=rules.fill(title, facts), html=rules.html(text, facts, figures), until=old.at,
        reason=rules.fill(old.reason, facts), lang="" if there or language == "de" else "de",
    )  # fmt: skip
