"""Making and changing campaigns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction
from django.db.models import F

from zueinander.campaigns.models import RUNNING, Campaign, Occasion, Running, Tally
from zueinander.journal.actions import record
from zueinander.networks.actions import follow
from zueinander.networks.models import Account


@transaction.atomic
def save_campaign(
    campaign: Campaign | None,
    *,
    slug: str,
    name: str,
    hashtags: Sequence[str],
    countries: Sequence[str],
    season: tuple[date, date],
    occasions: Iterable[tuple[date, str]],
    welcome: str,
    accounts: Iterable[Account],
    actor: str,
) -> tuple[Campaign, list[Occasion]]:
    """The campaign with its occasions and accounts, made or changed; and the occasions that could not go. Its accounts
    follow its hashtags from now on.

    Only a draft loses an occasion: once it has run, somebody may have asked for it.
    """
    new = campaign is None
    row = campaign or Campaign(slug=slug)
    row.name, row.hashtags, row.countries, row.welcome = name, list(hashtags), list(countries), welcome
    row.season_start, row.season_end = season
    row.save()
    row.accounts.set(accounts)
    for account in row.accounts.all():
        follow(account, row.hashtags)
    wanted = dict(occasions)
    for on, called in wanted.items():
        Occasion.objects.update_or_create(campaign=row, on=on, defaults={"name": called})
    gone = row.occasions.exclude(on__in=wanted)
    kept = [] if row.state == Running.DRAFT else list(gone)
    if not kept:
        gone.delete()
    record("created" if new else "changed", row, actor=actor)
    return row, kept


@transaction.atomic
def open_campaign(campaign: Campaign, *, actor: str) -> None:
    """From now on it takes people in; raises `ForbiddenStep` when it does already."""
    RUNNING.move(campaign, Running.OPEN)
    record("opened", campaign, actor=actor)


@transaction.atomic
def close_campaign(campaign: Campaign, *, actor: str) -> None:
    RUNNING.move(campaign, Running.CLOSED)
    record("closed", campaign, actor=actor)


def tally(campaign: Campaign, occasion: Occasion | None, what: str) -> None:
    """Counts one thing whose rows are about to go, so that the season's figures stay."""
    row, _ = Tally.objects.get_or_create(campaign=campaign, occasion=occasion, what=what)
    Tally.objects.filter(pk=row.pk).update(count=F("count") + 1)
