"""A large statement as a coordinator uploads it: how long the page takes, and how long the worker after it.

    ZUEINANDER_DATA=/tmp/bench python -m bench.statement [--entries N] [--share PERCENT]

Uploads one camt.053 with N entries, PERCENT of them with the campaign's reference, into a database of its own (dropped
at the end) in the data folder's PostgreSQL; then does what the worker does. Wall-clock and CPU time of this process;
the database works in one of its own. Checks the sums.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import django

from tests.banks.make import Truth, camt, truths


def timed(what: str, work: Callable[[], Any]) -> Any:
    wall, cpu = time.perf_counter(), time.process_time()
    found = work()
    told = {"what": what, "wall_s": round(time.perf_counter() - wall, 2), "cpu_s": round(time.process_time() - cpu, 2)}
    print(json.dumps(told), flush=True)
    return found


def entries(count: int, share: int, code: str) -> list[Truth]:
    """Bookings of some weeks; the given share of them names the campaign's reference."""
    chance = random.Random(7)
    found = [replace(one, day=one.day + timedelta(days=3650)) for one in truths(chance, count, days=60)]
    return [replace(one, purpose=f"{one.purpose} {code}") if chance.randrange(100) < share else one for one in found]


def upload(data: bytes, account: Any) -> None:
    """The page as a coordinator's browser asks for it, with the page it leads to."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client

    from tests.giving.world import coordinator

    client = Client()
    client.force_login(coordinator(), backend="allauth.account.auth_backends.AuthenticationBackend")
    sent = {"statement": SimpleUploadedFile("auszug.xml", data)}
    answer = client.post(f"/schreibtisch/geld/konto/{account.pk}/einlesen/", sent, follow=True)
    assert answer.status_code == 200, answer.status_code


def measure(count: int, share: int) -> None:
    from django.db.models import Sum

    from tests.giving.world import account, campaign
    from zueinander.giving.actions.imports import take_in_waiting
    from zueinander.giving.actions.posting import post_all
    from zueinander.giving.actions.references import common_reference
    from zueinander.giving.faults import faults
    from zueinander.giving.models import Line

    bank = account()
    told = entries(count, share, common_reference(campaign()).code)
    data = camt(told)
    print(json.dumps({"entries": count, "share": share, "bytes": len(data)}), flush=True)
    timed("upload and the page after it", lambda: upload(data, bank))
    assert timed("worker: read and store", take_in_waiting) == 1
    assert timed("worker: book", post_all) == count
    booked = Line.objects.filter(side="bank").aggregate(n=Sum("cents"))["n"]
    assert booked == sum(one.cents for one in told)
    assert timed("check", faults) == []


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("--share", type=int, default=60)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zueinander.house.settings")
    django.setup()
    from django.conf import settings
    from django.db import connection

    settings.ALLOWED_HOSTS = ["*"]
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    database = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        measure(options.entries, options.share)
    finally:
        connection.creation.destroy_test_db(database, verbosity=0)


if __name__ == "__main__":
    main()
