"""A case goes to an institution only with the person's consent, and can come back."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import pairs
from zueinander.networks.models import Send
from zueinander.partners import actions
from zueinander.partners.models import Partner, Referral
from zueinander.people.actions import make_link, withdraw_consent
from zueinander.people.models import Attention, Person, Volunteer
from zueinander.shared.forgetting import erase, export
from zueinander.shared.lifecycle import ForbiddenStep

pytestmark = pytest.mark.django_db


@pytest.fixture
def by() -> Volunteer:
    return pairs.volunteer()


def partner(by: Volunteer) -> Partner:
    return actions.keep_partner(name="Beratung am Markt", area="Worms", contact="beratung@example.org", by=by)


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


def asked(by: Volunteer, who: Person) -> tuple[Referral, str]:
    """A referral whose person was asked, and the token in what they received."""
    referral = actions.refer(person=who, partner=partner(by), note="braucht mehr", by=by)
    (send,) = Send.objects.filter(about=f"referral:{referral.pk}")
    assert "Beratung am Markt" not in send.text
    assert "braucht mehr" not in send.text
    return referral, send.text.split("/l/")[1].split()[0]


def test_the_person_is_asked_in_private_and_their_yes_lets_it_go_on(by: Volunteer, client: Client) -> None:
    referral, token = asked(by, pairs.person("Ada"))
    with pytest.raises(ForbiddenStep):
        actions.hand_over(referral, by=by)
    page = client.get(f"/l/{token}", follow=True)
    assert "Beratung am Markt" in page.content.decode()
    where = page.request["PATH_INFO"]
    assert client.post(where, {"answer": "yes"}).status_code == 302
    assert "Du hast Ja gesagt" in client.get(where).content.decode()
    assert actions.hand_over(referral, by=by).state == "handed"
    assert client.post(where, {"answer": "no"}).status_code == 302
    referral.refresh_from_db()
    assert referral.state == "handed"


def test_a_no_on_the_page_keeps_everything_here(by: Volunteer, client: Client) -> None:
    referral, token = asked(by, pairs.person("Ada"))
    where = client.get(f"/l/{token}", follow=True).request["PATH_INFO"]
    client.post(where, {"answer": "no"})
    client.post(where, {"answer": "no"})
    with pytest.raises(ForbiddenStep):
        actions.hand_over(referral, by=by)
    assert "Du hast Nein gesagt" in client.get(where).content.decode()


def test_the_page_opens_for_nobody_else_and_its_link_opens_nothing_else(by: Volunteer, client: Client) -> None:
    referral, token = asked(by, pairs.person("Ada"))
    where = f"/meins/einrichtung/{referral.pk}/"
    client.get("/l/" + make_link(person=pairs.person("Bo"), use="own"))
    assert client.get(where).headers["Location"] == "/link-abgelaufen/"
    client.get(f"/l/{token}")
    assert client.get(where).status_code == 200
    assert client.get("/meins/").headers["Location"] == "/link-abgelaufen/"


def test_their_own_page_has_the_question_too(by: Volunteer, client: Client) -> None:
    ada = pairs.person("Ada")
    referral, _token = asked(by, ada)
    client.get("/l/" + make_link(person=ada, use="own"))
    assert f"/meins/einrichtung/{referral.pk}/" in client.get("/meins/").content.decode()


def test_where_no_machine_may_write_a_human_asks(by: Volunteer) -> None:
    referral = actions.refer(person=pairs.person("Ada", reachable=False), partner=partner(by), note="", by=by)
    line = Attention.objects.get(kind="by_hand", subject=f"referral:{referral.pk}")
    actions.consent(referral, yes=True, actor="volunteer:1")
    line.refresh_from_db()
    assert line.cleared_at is not None
    assert actions.hand_over(referral, by=by).state == "handed"


def test_consent_in_general_is_enough_only_while_it_stands(by: Volunteer) -> None:
    ada = pairs.person("Ada", purposes=("match", "partner"))
    referral = actions.refer(person=ada, partner=partner(by), note="", by=by)
    assert not Send.objects.exists()
    withdraw_consent(person=ada, purpose="partner")
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
