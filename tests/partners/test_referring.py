"""A case goes to an institution only with the person's consent, and can come back."""

from __future__ import annotations

import pytest

from tests import pairs
from zueinander.partners import actions
from zueinander.partners.models import Partner, Referral
from zueinander.people.models import Volunteer
from zueinander.shared.forgetting import erase, export
from zueinander.shared.lifecycle import ForbiddenStep

pytestmark = pytest.mark.django_db


@pytest.fixture
def by() -> Volunteer:
    return pairs.volunteer()


def partner(by: Volunteer) -> Partner:
    return actions.add_partner(name="Beratung am Markt", area="Worms", contact="beratung@example.org", by=by)


def test_nothing_is_handed_over_without_consent(by: Volunteer) -> None:
    referral = actions.refer(person=pairs.person("Ada"), partner=partner(by), note="braucht mehr", by=by)
    with pytest.raises(ForbiddenStep):
        actions.hand_over(referral, by=by)
    actions.consent(referral, yes=True, actor="person:x")
    for step, state in ((actions.hand_over, "handed"), (actions.taken, "taken"), (actions.returned, "returned")):
        assert step(referral, by=by).state == state


def test_a_no_ends_it_also_after_a_yes(by: Volunteer) -> None:
    ada = pairs.person("Ada", purposes=("match", "partner"))
    referral = actions.refer(person=ada, partner=partner(by), note="", by=by)
    assert referral.state == "consented"
    assert actions.refer(person=ada, partner=referral.partner, note="", by=by) == referral
    actions.consent(referral, yes=False, actor="person:x")
    with pytest.raises(ForbiddenStep):
        actions.hand_over(referral, by=by)


def test_a_partner_is_kept_once_by_name_and_an_inactive_one_gets_nobody(by: Volunteer) -> None:
    kept = partner(by)
    assert partner(by) == kept
    kept.active = False
    kept.save()
    with pytest.raises(ForbiddenStep):
        actions.refer(person=pairs.person("Ada"), partner=kept, note="", by=by)


def test_a_referral_is_exported_and_erased_with_the_person(by: Volunteer) -> None:
    ada = pairs.person("Ada")
    actions.refer(person=ada, partner=partner(by), note="braucht mehr", by=by)
    assert export(ada.pk)["partners.Referral"][0]["note"] == "braucht mehr"
    erase(ada.pk)
    assert not Referral.objects.exists()
    assert Partner.objects.exists()
