"""Writes the pages of a story, or takes them away; the tree readers see changes as a whole."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext_noop

from zueinander.giving.queries import money_of
from zueinander.shared.config import config
from zueinander.site.story import books, kit, parts, tree, wide
from zueinander.site.story.cache import Cache
from zueinander.site.story.parts import Files, Page
from zueinander.story.models import IN_PUBLIC, Publication, Story
from zueinander.story.publishing import figures_of, keep_record, last_live, went_live
from zueinander.story.queries import LANGUAGES, told

PARTS: tuple[Callable[[Page], Files], ...] = (
    parts.front,
    parts.updates,
    parts.pictures,
    parts.machine,
    parts.short_link,
    books.books,
    wide.wide,
)
"""Every page of a story, made once for each language; they must be the same for the same records.

A further room adds its pages here.
"""
CHANGED, MONEY_CHANGED = gettext_noop("Inhalt geändert"), gettext_noop("Zahlen geändert")
CONSENT_CHANGED = gettext_noop("Zustimmung oder Inhalt geändert")


def folder() -> Path:
    """Where published pages lie: `current` in it is what readers see."""
    return config().data.absolute() / "public"


def prefixes_of(story: Story) -> tuple[str, str]:
    """All public addresses of a story begin with one of these."""
    return f"fuer/{story.campaign.slug}/", f"f/{story.code}/"


def publish_now(pk: int) -> None:
    """For whoever must not wait. When writing fails, the pages are taken away rather than left as they were."""
    story = Story.objects.select_related("campaign").get(pk=pk)
    try:
        publish(story, reason=CONSENT_CHANGED)
    except BaseException:
        with tree.locked(folder()):
            _take_away(story)
        raise


def publish(story: Story, *, reason: str = CHANGED) -> Publication | None:
    """The story's pages as they are now. None when nothing changed, or when they were taken away.

    The record of the publication is written before the switch and marked after it.
    """
    with tree.locked(folder()):
        story = Story.objects.select_related("campaign").get(pk=story.pk)
        if not story.in_public:
            _take_away(story)
            return None
        cache = Cache(folder() / "cache" / story.campaign.slug)
        pages = [_page(story, language, cache) for language in LANGUAGES]
        files = {name: data for page in pages for name, data in _made(page, *PARTS).items()}
        digest = tree.digest({**files, "facts": repr([page.told.facts for page in pages]).encode()})
        last = last_live(story)
        if last is not None and last.digest == digest and _stands(story):
            return None
        row = keep_record(story, reason=reason, digest=digest, money=pages[0].told.money, files=len(files))
        for page in pages:
            files |= _made(page, kit.paper, books.paper, lambda page: _chronicle(page, row))
        tree.replace(folder(), prefixes=prefixes_of(story), files=files)
        went_live(row)
        cache.forget_rest()
        return row


def _page(story: Story, language: str, cache: Cache) -> Page:
    with translation.override(language):
        return Page(told(story, language=language), cache)


def _made(page: Page, *parts: Callable[[Page], Files]) -> dict[str, bytes]:
    """What these parts make of the page, in its language."""
    with translation.override(page.told.language):
        return {name: data for part in parts for name, data in part(page).items()}


def _chronicle(page: Page, now: Publication) -> Files:
    """What was published when; the newest thousand, all of them in the database."""
    rows = [now, *page.told.story.publications.filter(live_at__isnull=False)[:999]]
    return page.at("chronik/", "chronicle.html", publications=rows)


def _stands(story: Story) -> bool:
    seen = tree.current(folder())
    return seen is not None and (seen / prefixes_of(story)[0] / "index.html").is_file()


def _take_away(story: Story) -> None:
    seen = tree.current(folder())
    if seen is not None and any((seen / prefix).exists() for prefix in prefixes_of(story)):
        tree.replace(folder(), prefixes=prefixes_of(story), files={})
    shutil.rmtree(folder() / "cache" / story.campaign.slug, ignore_errors=True)


def refresh_counters() -> int:
    """Stories whose money is no longer what was last published are written anew; returns how many. Cheap to ask."""
    count = 0
    for story in Story.objects.filter(state__in=IN_PUBLIC).select_related("campaign"):
        last = last_live(story)
        if last is not None and last.figures != figures_of(money_of(story.campaign)):
            count += publish(story, reason=MONEY_CHANGED) is not None
    return count


def publish_all() -> int:
    """Every story whose pages are not as they should be; returns how many were written. A failure stops no other."""
    count, failed = 0, []
    for story in Story.objects.select_related("campaign").order_by("pk"):
        try:
            count += publish(story) is not None
        except Exception as error:
            failed.append(error)
    if failed:
        raise failed[0]
    return count


__all__ = ["PARTS", "folder", "publish", "publish_all", "publish_now", "refresh_counters"]
