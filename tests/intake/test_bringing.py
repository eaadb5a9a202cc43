"""Pasting and the form: no account needed, nothing twice."""

from __future__ import annotations

import pytest

from tests.flowing import make_campaign, make_volunteer
from zueinander.intake.actions import paste, submit_form
from zueinander.intake.models import Post
from zueinander.networks.form import Answers
from zueinander.networks.manual import Unusable
from zueinander.people.models import Person

pytestmark = pytest.mark.django_db


def test_the_same_link_pasted_twice_is_one_post() -> None:
    campaign, by = make_campaign(), make_volunteer()
    for link in ("https://www.instagram.com/p/Abc123/", "https://instagram.com/p/Abc123/?igsh=zzz"):
        post = paste(link=link, text="Suche Anschluss in Trier", author_name="@mia", campaign=campaign, by=by)
    assert Post.objects.get() == post
    assert (post.basis, post.automatic_allowed, post.campaign) == ("pasted", False, campaign)


def test_an_empty_paste_is_refused_in_words() -> None:
    with pytest.raises(Unusable, match="Text fehlt"):
        paste(link="", text=" ", author_name="", campaign=make_campaign(), by=make_volunteer())


def test_a_form_sent_twice_is_one_message() -> None:
    campaign = make_campaign()
    for _ in range(2):
        post = submit_form(answers=Answers("tok-1", "Ich suche Anschluss", "Mia", "mia@example.org"), campaign=campaign)
    assert Post.objects.get() == post
    assert Person.objects.get().first_name == "Mia"


def test_two_forms_with_one_address_are_one_person() -> None:
    campaign = make_campaign()
    for token, mail in (("a", "mia@example.org"), ("b", "Mia@example.org")):
        submit_form(answers=Answers(token, "Hallo", "Mia", mail), campaign=campaign)
    assert Person.objects.count() == 1
    assert Post.objects.count() == 2
