"""An invented campaign with a bank account and two people of the team, made once for many tests."""

from __future__ import annotations

from datetime import date

from tests.banks.make import OWN
from zueinander.campaigns.models import Campaign
from zueinander.giving.models import BankAccount
from zueinander.people.models import Role, Volunteer


def campaign(slug: str = "buch-fuer-kim") -> Campaign:
    return Campaign.objects.get_or_create(
        slug=slug,
        defaults={
            "name": "Ein Buch für Kim", "hashtags": ["einBuchFürKim"], "countries": ["DE"],
            "season_start": date(2015, 1, 1), "season_end": date(2027, 12, 31), "state": "open",
        },
    )[0]  # fmt: skip


def account(iban: str = OWN) -> BankAccount:
    defaults = {"campaign": campaign(), "holder": "Käthe Groß", "bank": "Testbank"}
    return BankAccount.objects.get_or_create(iban=iban, defaults=defaults)[0]


def coordinator(name: str = "Bo") -> Volunteer:
    found = Volunteer.objects.filter(email=f"{name.lower()}@example.org").first()
    return found or Volunteer.objects.create_user(f"{name.lower()}@example.org", role=Role.COORDINATOR, name=name)
