"""Background steps of this room."""

from __future__ import annotations

from procrastinate.contrib.django import app

from zueinander.story import newsletter, telling


@app.periodic(cron="* * * * * */10")  # the sixth field is seconds
@app.task(name="story.publish_due", queueing_lock="story.publish_due", pass_context=False)
def publish_due(timestamp: int = 0) -> None:
    telling.publish_due()


@app.periodic(cron="* * * * *")
@app.task(name="story.send_issues", queueing_lock="story.send_issues", pass_context=False)
def send_issues(timestamp: int = 0) -> None:
    newsletter.send_issues()


@app.periodic(cron="31 4 * * *")
@app.task(name="story.forget_unconfirmed", queueing_lock="story.forget_unconfirmed", pass_context=False)
def forget_unconfirmed(timestamp: int = 0) -> None:
    newsletter.forget_unconfirmed()
