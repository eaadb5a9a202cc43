"""The people of the journey, what they write where, and what the installation has made of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Browser

from tests.journeys.installation import Installation
from tests.journeys.walk import Somebody, Team, new_page, until
from tests.networks.stages import BlueskyStage, MailStage, MastodonStage

FIGURES = """
import json
from zueinander.campaigns.models import Occasion
from zueinander.intake.models import Post
from zueinander.introductions.models import FollowUp, Introduction, Message
from zueinander.listings.models import Listing
from zueinander.matching.models import Match
from zueinander.networks.models import Send
from zueinander.people.models import Person
from zueinander.understanding.models import Reading
there = Post.objects.filter(deleted_at=None)
print(json.dumps({
    "occasions": [str(o.on) for o in Occasion.objects.order_by("on")],
    "posts": Post.objects.exclude(posted_at=None).count(), "texts": [post.text for post in there],
    "deleted": Post.objects.exclude(deleted_at=None).exclude(posted_at=None).count(),
    "open_work": there.filter(read_at=None).count() + Reading.objects.filter(listed_at=None).count()
    + Send.objects.filter(state__in=["queued", "trying"]).count(),
    "seeking": Listing.objects.filter(side="seek").exclude(state="withdrawn").count(),
    "pairs": {m.seek.person.first_name: m.offer.person.first_name
              for m in Match.objects.filter(state__in=["approved", "introduced", "ended"])},
    "live": {m.seek.person.first_name: m.offer.person.first_name for m in Match.objects.filter(state="approved")},
    "introductions": Introduction.objects.count(), "messages": Message.objects.count(),
    "follow_ups": [[f.met, f.good, f.not_met] for f in FollowUp.objects.exclude(answered_at=None)],
    "anna": next((str(p.pk) for p in Person.objects.all() if p.first_name == "Anna"), ""),
}))
"""


class Story:
    """`slug` is the campaign's, once there is one."""

    def __init__(
        self,
        installation: Installation,
        browser: Browser,
        bluesky: BlueskyStage,
        mastodon: MastodonStage,
        mail: MailStage,
    ) -> None:
        self.installation, self.bluesky, self.mastodon, self.mail = installation, bluesky, mastodon, mail
        self.slug = ""
        self.team = Team(new_page(browser), installation.address)
        self.anna = Somebody("Anna", new_page(browser), lambda: bluesky.answers(1)[::-1])
        self.bert = Somebody("Bert", new_page(browser), lambda: mastodon.answers(1)[::-1])
        self.clara = Somebody("Clara", new_page(browser), lambda: self._inbox("clara"))
        self.emil = Somebody("Emil", new_page(browser), lambda: self._inbox("emil"))
        self.fritz = bluesky.network.account()
        self.fritz_said = ""

    # -- they write -----------------------------------------------------------------------------------------------

    def anna_writes_on_bluesky(self) -> None:
        self.bluesky.say("suche Anschluss für Heiligabend, bin 34, in Worms, mit Hund")

    def bert_writes_on_mastodon(self) -> None:
        self.mastodon.whisper("Wir haben am 24. zwei Plätze am Tisch in Mannheim frei, Hunde sind willkommen.")

    def fritz_only_uses_the_hashtag(self) -> None:
        self.fritz_said = self.fritz.post(f"Heiligabend allein, suche nette Runde in Speyer #{self.bluesky.tag}")["uri"]

    def said_to_fritz(self) -> list[str]:
        return self.fritz.messages(self.bluesky.us.did)

    def emil_writes_a_mail_that_is_delivered_twice(self) -> None:
        for _ in range(2):
            self.mail_from("emil", "Ich biete an Heiligabend zwei Plätze in Worms, gern mit Hund. Emil")

    def clara_fills_in_the_form(self) -> None:
        self.clara.fill_in_form(
            self.installation.address, self.slug, side="seek", age_band="45-59", first_name="Clara", place="Mannheim",
            occasions="12-24", party="1", text="Ich bringe Plätzchen mit.", mail=f"{self._box('clara')}@example.org",
        )  # fmt: skip

    def dora_writes_and_changes_her_mind(self) -> None:
        self.dora = self.mastodon.server.account(f"{self.mastodon.their_name}dora")
        us, tag = self.mastodon.our_name, self.mastodon.tag
        said = self.dora.status_post(f"@{us} Am 25. ist bei uns in Kiel ein Platz frei. #{tag}")
        self.dora_said = said["id"]
        self.dora.status_update(self.dora_said, f"@{us} Am 26. ist bei uns in Kiel ein Platz frei. #{tag}")

    def dora_deletes(self) -> None:
        self.dora.status_delete(self.dora_said)

    def gerda_writes_on_mastodon(self) -> Callable[[], list[str]]:
        """Returns what asks the network what reached her from us."""
        self.gerda = self.mastodon.server.account(f"{self.mastodon.their_name}gerda")
        self.gerda_says("Suche Gesellschaft an Heiligabend in Trier")
        return lambda: [
            note["status"]["content"]
            for note in self.gerda.notifications(types=["mention"])
            if note["account"]["username"] == self.mastodon.our_name
        ]

    def gerda_says(self, words: str) -> None:
        self.gerda.status_post(f"@{self.mastodon.our_name} {words}", visibility="direct")

    def mail_from(self, name: str, text: str) -> None:
        """The same words are the same mail."""
        sender, box = f"{self._box(name)}@example.org", f"{self.mail.our_name}@example.org"
        number = abs(hash(text))
        self.mail.server.deliver(sender, box, text, Message_ID=f"<{number}.{self._box(name)}@example.org>")

    def _box(self, name: str) -> str:
        return f"{name}.{self.mail.their_name}"

    def _inbox(self, name: str) -> list[str]:
        return [str(mail.get_content()) for mail in self.mail.server.inbox(self._box(name))]

    # -- what has become of it ------------------------------------------------------------------------------------

    def figures(self) -> dict[str, Any]:
        return dict(json.loads(self.installation.script(FIGURES)))

    def until(self, holds: Callable[[], object], what: str) -> None:
        until(holds, what)

    def wait_for_posts(self, count: int) -> None:
        """So many have arrived, not more, and nothing waits any more."""

        def there() -> bool:
            found = self.figures()
            assert found["posts"] <= count, found["texts"]
            return bool(found["posts"] == count and not found["open_work"])

        until(there, f"{count} posts")

    def wait_for_deleted(self, count: int) -> None:
        until(lambda: self.figures()["deleted"] == count, f"{count} deletions")

    def quiet(self) -> None:
        until(lambda: not self.figures()["open_work"], "everything to be worked off")

    def partners(self) -> dict[str, str]:
        """Who is being asked whether they want to meet whom, seekers first."""
        return dict(self.figures()["live"])

    def pairs(self) -> list[tuple[Somebody, Somebody]]:
        people = {one.name: one for one in (self.anna, self.bert, self.clara, self.emil)}
        return [(people[seeker], people[host]) for seeker, host in self.figures()["pairs"].items()]
