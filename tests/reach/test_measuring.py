"""What networks say about our posts is kept with its time and source, and one network's trouble is its own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from testnet.mastodon import MastodonServer
from tests import flowing
from tests.networks.stages import fresh
from zueinander.calls.actions import publish
from zueinander.calls.models import Call
from zueinander.campaigns.models import Campaign, Occasion
from zueinander.networks.actions import deliver_waiting
from zueinander.networks.models import Account, Send
from zueinander.networks.port import Figure
from zueinander.reach import measuring, queries
from zueinander.reach.measuring import measure_posts
from zueinander.reach.models import Measure, Observation

pytestmark = pytest.mark.django_db


def account_at(server: MastodonServer, name: str, *campaigns: Campaign, **settings: Any) -> Account:
    secrets = {"token": server.token(name)}
    given = {"server": server.base_url, **settings}
    account = flowing.make_account("mastodon", name, settings=given, secrets=secrets)
    account.campaigns.set(campaigns)
    return account


def called(campaign: Campaign, account: Account) -> Send:
    """A call of ours that is out."""
    evening = Occasion.objects.create(campaign=campaign, on=date(2026, 12, 27), name=fresh("abend"))
    call = Call.objects.create(campaign=campaign, occasion=evening, area="Worms", waiting=2, text=f"Wer {fresh()}?")
    publish(call, by=flowing.make_volunteer(), accounts=[account], text=call.text)
    deliver_waiting()
    return call.sends.get()


def test_shares_and_followers_are_kept_each_time_they_are_asked_for(mastodon_server: MastodonServer) -> None:
    campaign, name = flowing.make_campaign(), fresh("verein")
    account = account_at(mastodon_server, name, campaign)
    send = called(campaign, account)
    mastodon_server.account(fresh("ada")).status_reblog(send.native_id.partition("@")[0])
    assert measure_posts() == 2
    mastodon_server.account(fresh("bo")).status_reblog(send.native_id.partition("@")[0])
    measure_posts()
    shares = queries.series(campaign, Measure.SHARES)
    assert [row.value for row in shares] == [1, 2]
    assert {(row.subject, row.source_url) for row in shares} == {(send.url, send.url)}
    assert re.fullmatch(r"account:\d+", shares[0].source)
    assert [row.subject for row in queries.series(campaign, Measure.FOLLOWERS)] == [f"mastodon:{name}"] * 2


def test_a_post_counts_for_its_own_campaign_alone(mastodon_server: MastodonServer) -> None:
    one, other = flowing.make_campaign("eins"), flowing.make_campaign("zwei")
    account = account_at(mastodon_server, fresh("verein"), one, other)
    called(one, account)
    measure_posts()
    assert [len(queries.series(campaign, Measure.SHARES)) for campaign in (one, other)] == [1, 0]
    assert [len(queries.series(campaign, Measure.FOLLOWERS)) for campaign in (one, other)] == [1, 1]


@pytest.mark.parametrize("effect", ["malformed", "list", "closed", "settings"])
def test_the_accounts_after_a_broken_one_are_asked(mastodon_server: MastodonServer, effect: str) -> None:
    campaign = flowing.make_campaign()
    broken = account_at(mastodon_server, fresh("kaputt"), campaign)
    account_at(mastodon_server, fresh("heil"), campaign)
    path = "/api/v1/accounts/verify_credentials"
    if effect == "malformed":
        mastodon_server.fault(path, "malformed", count=1)
    elif effect == "list":
        mastodon_server.fault(path, "status", status=200, body=[1], count=1)
    else:
        broken.settings = {"server": "http://127.0.0.1:9" if effect == "closed" else "ftp://nirgends"}
        broken.save()
    try:
        measure_posts()
    finally:
        mastodon_server.heal()
    assert [row.subject[:13] for row in queries.series(campaign, Measure.FOLLOWERS)] == ["mastodon:heil"]


class Network:
    """Tells views, which none of ours does, and more than it should. Strict about what it is asked."""

    def __init__(self, said: Mapping[str, tuple[Figure, ...]]) -> None:
        self.said, self.asked = said, list[list[str]]()

    def measure(self, native_ids: Sequence[str]) -> Mapping[str, tuple[Figure, ...]]:
        assert 1 <= len(native_ids) <= 25
        assert len(set(native_ids)) == len(native_ids)
        self.asked.append(list(native_ids))
        return self.said


def test_views_are_kept_and_what_cannot_be_is_not(
    mastodon_server: MastodonServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = flowing.make_campaign()
    account = account_at(mastodon_server, fresh("verein"), campaign)
    send = called(campaign, account)
    at = datetime(2026, 12, 20, 9, tzinfo=UTC)
    figures = tuple(Figure(name, value, at) for name, value in (("likes", 7), ("views", 1200), ("shares", -1)))
    network = Network({send.native_id: figures, "von-anderen": figures, "": (Figure("followers", 10**30, at),)})
    monkeypatch.setattr(measuring, "adapter_for", lambda account: network)
    assert measure_posts() == 1
    assert measure_posts() == 1
    assert network.asked == [["", send.native_id]] * 2
    assert [(row.measure, row.value, row.at) for row in Observation.objects.all()] == [("views", 1200, at)]
    assert queries.people_reached(campaign).least == 1200


def test_what_is_older_than_two_weeks_is_not_asked_for(
    mastodon_server: MastodonServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = flowing.make_campaign()
    account = account_at(mastodon_server, fresh("verein"), campaign)
    called(campaign, account)
    network = Network({})
    monkeypatch.setattr(measuring, "adapter_for", lambda account: network)
    measure_posts(timezone.now() + timedelta(days=15))
    assert network.asked == [[""]]
