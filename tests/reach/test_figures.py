"""Figures have time and source, are counted once, and are never overwritten."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from tests import flowing
from zueinander.campaigns.models import Campaign
from zueinander.intake.models import Post
from zueinander.people.models import Attention
from zueinander.reach import actions, queries
from zueinander.reach.counting import count_uses
from zueinander.reach.models import Coverage, Measure, Observation, PressContact, Rise
from zueinander.shared.forgetting import kept, let_go

pytestmark = pytest.mark.django_db
AT = datetime(2026, 12, 20, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


def used(campaign: Campaign, hour: datetime, times: int, channel: str = "public") -> None:
    for n in range(times):
        Post.objects.create(
            network="mastodon", key=f"{hour:%d%H}{channel}{n}", campaign=campaign, posted_at=hour + n * HOUR / 1000,
            channel=channel,
        )  # fmt: skip


def test_each_finished_hour_is_counted_once_with_zeroes_and_without_direct_messages() -> None:
    campaign = flowing.make_campaign()
    used(campaign, AT, 3)
    used(campaign, AT, 2, channel="direct")
    used(campaign, AT + 2 * HOUR, 1)
    used(campaign, AT + 3 * HOUR, 9)
    now = AT + 3 * HOUR + timedelta(minutes=30)
    assert (count_uses(now), count_uses(now)) == (3, 0)
    assert [row.value for row in queries.series(campaign, Measure.USES, "mastodon")] == [3, 0, 1]
    assert count_uses(now + HOUR) == 1
    assert [row.value for row in queries.series(campaign, Measure.USES)] == [3, 0, 1, 9]


def test_the_team_hears_of_a_rise_once() -> None:
    campaign = flowing.make_campaign()
    for hour in range(72):
        used(campaign, AT + hour * HOUR, 2)
    count_uses(AT + 72 * HOUR + timedelta(minutes=30))
    assert not Rise.objects.exists()
    used(campaign, AT + 72 * HOUR, 40)
    used(campaign, AT + 73 * HOUR, 60)
    count_uses(AT + 73 * HOUR + timedelta(minutes=30))
    count_uses(AT + 74 * HOUR + timedelta(minutes=30))
    assert {(rise.hour, rise.uses) for rise in Rise.objects.all()} == {(AT + 72 * HOUR, 40), (AT + 73 * HOUR, 60)}
    assert Attention.objects.filter(kind=Attention.Kind.RISE).count() == 1
    Rise.objects.update(seen_at=timezone.now())
    used(campaign, AT + 74 * HOUR, 80)
    count_uses(AT + 75 * HOUR + timedelta(minutes=30))
    assert Rise.objects.count() == 3
    assert Attention.objects.filter(kind=Attention.Kind.RISE).count() == 1


def test_a_figure_is_corrected_visibly_and_never_overwritten() -> None:
    campaign, volunteer = flowing.make_campaign(), flowing.make_volunteer()
    given: dict[str, Any] = {
        "campaign": campaign,
        "measure": Measure.RANK,
        "subject": "9783000000000",
        "at": AT,
        "source": "Laden",
    }
    row = actions.note(value=60570, **given)
    assert actions.note(value=60570, **given) == row
    with pytest.raises(actions.Contradicts):
        actions.note(value=180, **given)
    again = actions.correct(row, value=6057, by=volunteer)
    assert actions.note(value=6057, **given) == row
    assert queries.series(campaign, Measure.RANK) == [again]
    assert Observation.objects.count() == 2
    with pytest.raises(DatabaseError), transaction.atomic():
        Observation.objects.update(value=1)
    volunteer.delete()
    assert Observation.objects.count() == 2


def test_sources_that_disagree_stand_side_by_side() -> None:
    campaign = flowing.make_campaign()
    for source, value in (("Zeitung", 10_000), ("Radio", 12_000)):
        actions.note(
            campaign=campaign, measure=Measure.SHARES, value=value, at=AT, source=source, subject="erster Beitrag"
        )
    actions.note(campaign=campaign, measure=Measure.COPIES, value=5, at=AT, source="Verlag")
    found = queries.disagreements(campaign)
    assert [(d.measure, d.on, [row.value for row in d.said]) for d in found] == [
        ("shares", date(2026, 12, 20), [10_000, 12_000])
    ]


def test_people_reached_come_from_the_newest_views_of_each_post() -> None:
    campaign = flowing.make_campaign()
    for at, subject, value in ((AT, "a", 50), (AT + HOUR, "a", 100), (AT, "b", 80)):
        actions.note(campaign=campaign, measure=Measure.VIEWS, value=value, at=at, source="x", subject=subject)
    people = queries.people_reached(campaign, public=1000)
    assert (people.least, people.likely, people.most) == (100, 172, 180)


def test_the_same_piece_is_noted_once_and_its_copy_is_sealed_and_stays() -> None:
    campaign, volunteer = flowing.make_campaign(), flowing.make_volunteer()
    given: dict[str, Any] = {
        "campaign": campaign, "outlet": "Tagblatt", "published_on": date(2026, 12, 19), "kind": "print",
        "url": "https://tagblatt.example/1", "quote": "", "by": volunteer,
    }  # fmt: skip
    first = actions.cover(title="Ein Buch", **given)
    assert actions.cover(title="Ein Buch für Kim", **given).pk == first.pk
    actions.keep_copy(first, body=b"<p>So war es.</p>")
    actions.keep_copy(Coverage.objects.get(), body=b"anders")
    row = Coverage.objects.get()
    assert (row.title, queries.copy_of(row)[0]) == ("Ein Buch für Kim", b"<p>So war es.</p>")


def test_people_of_the_press_go_after_a_quiet_year() -> None:
    campaign, volunteer = flowing.make_campaign(), flowing.make_volunteer()
    quiet, busy, waits = (PressContact.objects.create(outlet="Tagblatt", name=name) for name in ("Ute", "Bo", "Di"))
    PressContact.objects.update(at=timezone.now() - timedelta(days=400))
    request = actions.ask(
        campaign=campaign, contact=busy, question="Wie viele?", asked_at=timezone.now(), answer_by=None, by=volunteer
    )
    actions.answer(request, text="215.", by=volunteer)
    long_ago = timezone.now() - timedelta(days=390)
    for contact, answered in ((quiet, True), (waits, False)):
        old = actions.ask(
            campaign=campaign, contact=contact, question="Wer?", asked_at=long_ago, answer_by=None, by=volunteer
        )
        if answered:
            actions.answer(old, text="Wir.", by=volunteer)
    for part in kept():
        let_go(part, timezone.now())
    assert set(PressContact.objects.all()) == {busy, waits}
