"""Candidates for one new listing among many, through the database, as a volunteer's page asks for them.

    ZUEINANDER_DATA=/tmp/bench python -m bench.candidates_db [--listings N] [--asked N] [--seed N] [--keep]

Fills a database of its own in the data folder's PostgreSQL with an invented season, then opens the desk's page "Wer
passt noch?" for new listings of either side: the page with its sign-in and its HTML, and the candidates alone. The
database is dropped at the end, or with --keep used again by the next measurement. Times are by the clock ("wall") and
as CPU time of this process and the database's together ("busy"), which other work on the machine does not blur. Prints
all parameters.
"""

from __future__ import annotations

import argparse
import json
import os
import time
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import django
import numpy as np

from bench.matcher_seasons import Season, draw, parameters, scaled
from zueinander.matching.solver.instance import Instance

HOUSEHOLDS = ("", "", "", "", "", "", "", "women", "family", "couple", "single")
BANDS = ("18-29", "30-44", "45-59", "60-74", "75-")
TAGS = ("boardgames", "games", "cards", "rpg", "food", "baking", "music", "crafts", "walks", "sport", "films", "books",
        "nature", "talk", "faith", "quiet")  # fmt: skip
NOW = datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Row:
    """One listing with what belongs to it; `days`: occasion numbers with seats."""

    side: str
    lat: float
    lon: float
    radius: int
    party: int
    needs: list[str]
    accepts: list[str]
    interests: list[str]
    languages: list[str]
    wish: str
    household: str
    band: str
    days: list[tuple[int, int]]


def names(mask: int, known: Sequence[str]) -> list[str]:
    return [name for bit, name in enumerate(known) if mask >> bit & 1]


def rows(instance: Instance, seed: int) -> Iterator[Row]:
    """Seekers and hosts of an invented season, shuffled as they would come in."""
    rng = np.random.default_rng(seed)
    s, h, v = instance.seekers, instance.hosts, instance.vocabulary
    of_host = np.split(np.arange(len(h.slot_host)), np.flatnonzero(np.diff(h.slot_host)) + 1)
    people = rng.permutation(len(s.lat) + len(h.lat))
    drawn = rng.integers(0, 1_000_000, (len(people), 3))
    for n in people.tolist():
        wish, household = HOUSEHOLDS[drawn[n, 0] % len(HOUSEHOLDS)], HOUSEHOLDS[drawn[n, 1] % len(HOUSEHOLDS)]
        more = {"wish": wish, "household": household, "band": BANDS[drawn[n, 2] % len(BANDS)]}
        if n < len(s.lat):
            yield Row(
                "seek", round(float(s.lat[n]), 2), round(float(s.lon[n]), 2), int(s.radius_km[n]), int(s.party[n]),
                names(int(s.needs[n]), v.conditions), [], names(int(s.interests[n, 0]), TAGS),
                names(int(s.languages[n]), v.languages),
                days=[(int(o), int(s.party[n])) for o in s.occ[s.occ_ptr[n] : s.occ_ptr[n + 1]]], **more,
            )  # fmt: skip
        else:
            m = n - len(s.lat)
            yield Row(
                "offer", round(float(h.lat[m]), 2), round(float(h.lon[m]), 2), 50, 1, [],
                names(int(h.accepts[m]), v.conditions), names(int(h.interests[m, 0]), TAGS),
                names(int(h.languages[m]), v.languages),
                days=[(int(h.slot_occ[j]), int(h.slot_seats[j])) for j in of_host[m]], **more,
            )  # fmt: skip


def copy(table: str, columns: str, lines: Iterable[Sequence[Any]]) -> None:
    from django.db import connection

    connection.ensure_connection()
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as into:
        for line in lines:
            into.write_row(line)


def fill(campaign: Any, found: list[Row]) -> list[uuid.UUID]:
    """People, consents, listings and their dates; returns the listings."""
    people = [uuid.uuid4() for _ in found]
    listings = [uuid.uuid4() for _ in found]
    days = [o.pk for o in campaign.occasions.all()]
    copy("people_person", "id, created_at, first_name, age_band, lang",
         ((p, NOW, b"", row.band, "de") for p, row in zip(people, found, strict=True)))  # fmt: skip
    copy("people_consent", "person_id, purpose, wording, given_at", ((p, "match", "2026-11", NOW) for p in people))
    copy(
        "listings_listing",
        "id, person_id, campaign_id, side, state, place, country, lat, lon, radius_km, party, needs, accepts,"
        " interests, languages, household_wish, household_is, text, created_at, confirmed_at, changed_at",
        ((key, p, campaign.pk, r.side, "open", "Ort", "DE", r.lat, r.lon, r.radius, r.party, r.needs, r.accepts,
          r.interests, r.languages, r.wish, r.household, b"", NOW, NOW, NOW)
         for key, p, r in zip(listings, people, found, strict=True)),
    )  # fmt: skip
    copy("listings_listingdate", "listing_id, occasion_id, seats, taken, preference",
         ((key, days[day], seats, 0, n) for key, r in zip(listings, found, strict=True)
          for n, (day, seats) in enumerate(r.days)))  # fmt: skip
    return listings


def season_of(season: Season, seed: int) -> Any:
    """The campaign with its listings; those of a kept database when they are there."""
    from django.db import connection

    from zueinander.campaigns.models import Campaign

    standing = Campaign.objects.filter(slug="bench").first()
    if standing:
        return standing
    start = time.perf_counter()
    made = campaign_of(season)
    fill(made, list(rows(draw(season, seed), seed)))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    print(json.dumps({"filled_s": round(time.perf_counter() - start, 1)}), flush=True)
    return made


def campaign_of(season: Season) -> Any:
    from zueinander.campaigns.models import Campaign, Occasion

    today = NOW.date()
    made = Campaign.objects.create(slug="bench", name="Bench", hashtags=["x"], countries=["DE"], state="open",
                                   season_start=today, season_end=today + timedelta(days=60))  # fmt: skip
    for n, name in enumerate(sorted(season.seekers)):
        Occasion.objects.create(campaign=made, on=today + timedelta(days=30 + n), name=name)
    return made


def measure(campaign: Any, asked: list[Row]) -> dict[str, float]:
    """Milliseconds of the page and of the candidates alone, and how many there were on average."""
    from django.test import Client
    from django.urls import reverse

    from zueinander.listings.models import Listing
    from zueinander.matching.actions import candidates_for
    from zueinander.people.models import Person, Volunteer

    desk = Client()
    user = Volunteer.objects.get_or_create(email="bench@example.org")[0]
    desk.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    kinds: dict[str, list[Spent]] = {"alone": [], "page": []}
    found, new = [], fill(campaign, asked)
    for pk in new:
        row = Listing.objects.select_related("person", "campaign").get(pk=pk)
        with spent(kinds["alone"]):
            found.append(len(candidates_for(row, limit=12)))
        with spent(kinds["page"]):
            assert desk.get(reverse("desk:candidates", args=[pk])).status_code == 200
    Person.objects.filter(listings__in=new).delete()
    figures = {"asked": len(asked), "found_mean": float(np.mean(found))}
    for name, times in kinds.items():
        for clock in ("wall", "busy"):
            values = [getattr(one, clock) for one in times[20:]]  # the first ones load compiled code
            p50, p95, p99 = np.percentile(values, [50, 95, 99])
            figures |= {f"{name}_{clock}_{p}_ms": v for p, v in (("p50", p50), ("p95", p95), ("p99", p99))}
            figures[f"{name}_{clock}_worst_ms"] = max(values)
    return figures


@dataclass(frozen=True, slots=True)
class Spent:
    """Milliseconds of one question."""

    wall: float
    busy: float


@contextmanager
def spent(times: list[Spent]) -> Iterator[None]:
    wall, busy = time.perf_counter(), busy_seconds()
    yield
    times.append(Spent(1000 * (time.perf_counter() - wall), 1000 * (busy_seconds() - busy)))


def busy_seconds() -> float:
    """CPU time of this process and of the database's process that works for it (Linux)."""
    from django.db import connection

    connection.ensure_connection()
    pid = connection.connection.info.backend_pid
    return time.process_time() + int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--listings", type=int, default=1_000_000)
    parser.add_argument("--asked", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true", help="leave the database standing for the next measurement")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zueinander.house.settings")
    django.setup()
    from django.conf import settings
    from django.db import connection

    from zueinander.house.serving import settle

    settings.ALLOWED_HOSTS = ["*"]
    settings.DATABASES["default"]["TEST"]["NAME"] = "bench_candidates"
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    n, creation = options.listings, connection.creation
    season = scaled(n // 10, n - n // 10)
    print(json.dumps({"listings": n, "seed": options.seed, **parameters(season)}), flush=True)
    database = creation.create_test_db(verbosity=0, autoclobber=True, keepdb=options.keep, serialize=False)
    try:
        campaign = season_of(season, options.seed)
        more = list(rows(draw(scaled(options.asked, options.asked), options.seed + 1), options.seed))
        settle()
        for side in ("seek", "offer"):
            told = measure(campaign, [row for row in more if row.side == side])
            print(json.dumps({"new": side, **{k: round(v, 1) for k, v in told.items()}}), flush=True)
    finally:
        creation.destroy_test_db(database, verbosity=0, keepdb=options.keep)


if __name__ == "__main__":
    main()
