"""Moving the clock of an installation: what waits for days is due now, and the step that waits for it is woken."""

from __future__ import annotations

from tests.journeys.installation import Installation


def looked_at_again(installation: Installation) -> None:
    """The time has come to look whether posts are still there."""
    installation.script("""
from django.utils import timezone
from zueinander.intake.looking import look_again
from zueinander.intake.models import Post
from zueinander.shared.nudge import nudge
Post.objects.update(look_again_at=timezone.now())
look_again()
nudge("understanding.read")
""")


def deadlines_have_passed(installation: Installation) -> None:
    """Who has not answered a proposal by now was silent too long."""
    installation.script("""
from django.utils import timezone
from zueinander.introductions.models import Ask
from zueinander.shared.nudge import nudge
Ask.objects.filter(answer="").update(deadline=timezone.now())
nudge("introductions.step")
""")


def the_day_after(installation: Installation) -> None:
    """The occasion was yesterday."""
    installation.script("""
from django.utils import timezone
from zueinander.introductions.models import FollowUp
from zueinander.shared.nudge import nudge
FollowUp.objects.update(due_at=timezone.now())
nudge("introductions.step")
""")
