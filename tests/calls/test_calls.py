"""An appeal tells how many wait roughly where, and never who."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import pairs
from zueinander.calls import actions
from zueinander.calls.models import Call
from zueinander.calls.rules import Town, Waiting, gaps
from zueinander.matching.actions import propose
from zueinander.networks.models import Send
from zueinander.shared.lifecycle import ForbiddenStep

BIG = [Town("Mannheim", "DE", 49.49, 8.47), Town("Kiel", "DE", 54.32, 10.14)]


def waits(n: int, at: tuple[float, float], occasion: str = "24", country: str = "DE") -> list[Waiting[str]]:
    return [Waiting(f"{at}{i}", occasion, country, *at) for i in range(n)]


def test_fewer_than_three_are_never_told_of_alone() -> None:
    assert gaps(waits(2, pairs.WORMS), BIG) == {}
    assert gaps(waits(3, pairs.WORMS), BIG) == {("24", "im Raum Mannheim"): 3}


def test_the_few_of_several_areas_count_for_their_country() -> None:
    people = (
        waits(4, pairs.WORMS) + waits(2, pairs.KIEL) + waits(1, (47.8, 13.0), country="AT") + waits(1, (51.0, 15.0))
    )
    assert gaps(people, BIG) == {("24", "im Raum Mannheim"): 4, ("24", "in Deutschland"): 3}


def test_occasions_are_not_added_up() -> None:
    assert gaps(waits(2, pairs.WORMS) + waits(2, pairs.WORMS, "31"), BIG) == {}


@pytest.mark.django_db
def test_only_those_without_a_proposal_are_counted_and_nobody_is_named() -> None:
    of = pairs.campaign()
    for name in ("Ada", "Eva", "Ida", "Uta"):
        pairs.listing(of, "seek", name, place="Hinterdorf", radius_km=10)
    pairs.listing(of, "offer", "Bo")
    propose(of)
    assert (actions.draft_calls(of), actions.draft_calls(of)) == (1, 0)
    call = Call.objects.get()
    assert (call.waiting, call.state) == (3, "draft")
    assert "Heiligabend" in call.text
    assert "#NiemandAllein" in call.text
    for hidden in ("Ada", "Eva", "Ida", "Uta", "Hinterdorf", "Worte"):
        assert hidden not in call.text + call.area
    pairs.listing(of, "seek", "Ina")
    assert actions.draft_calls(of) == 0
    call.refresh_from_db()
    assert call.waiting == 4


@pytest.mark.django_db
def test_published_once_per_account_in_the_volunteer_s_words_and_not_drafted_again_soon() -> None:
    of, by = pairs.campaign(), pairs.volunteer()
    for name in ("Ada", "Eva", "Ida"):
        pairs.listing(of, "seek", name)
    actions.draft_calls(of)
    call = Call.objects.get()
    actions.publish(call, by=by, accounts=[pairs.account()], text="Wer hat noch Platz? #NiemandAllein")
    send = Send.objects.get()
    assert (send.kind, send.person, send.text) == ("public", None, "Wer hat noch Platz? #NiemandAllein")
    assert list(call.sends.all()) == [send]
    with pytest.raises(ForbiddenStep):
        actions.publish(call, by=by, accounts=[pairs.account()], text="noch einmal")
    assert Send.objects.count() == 1
    assert actions.draft_calls(of) == 0
    Call.objects.update(published_at=timezone.now() - timedelta(days=4))
    assert actions.draft_calls(of) == 1


@pytest.mark.django_db
def test_a_dropped_call_goes_nowhere() -> None:
    of, by = pairs.campaign(), pairs.volunteer()
    for name in ("Ada", "Eva", "Ida"):
        pairs.listing(of, "seek", name)
    actions.draft_calls(of)
    call = actions.drop(Call.objects.get(), by=by)
    with pytest.raises(ForbiddenStep):
        actions.publish(call, by=by, accounts=[pairs.account()], text="x")
    assert not Send.objects.exists()
    assert actions.draft_calls(of) == 0
    Call.objects.update(created_at=timezone.now() - timedelta(days=4))
    assert actions.draft_calls(of) == 1


@pytest.mark.django_db
def test_a_draft_goes_when_too_few_are_left_to_be_told_of() -> None:
    of = pairs.campaign()
    rows = [pairs.listing(of, "seek", name) for name in ("Ada", "Eva", "Ida")]
    assert actions.draft_calls(of) == 1
    rows[0].state = "paused"
    rows[0].save()
    actions.draft_calls(of)
    assert Call.objects.get().state == "dropped"
    rows[0].state = "open"
    rows[0].save()
    assert actions.draft_calls(of) == 1
