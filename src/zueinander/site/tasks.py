"""Background steps of the public pages."""

from __future__ import annotations

from django.contrib.sessions.backends.db import SessionStore
from procrastinate.contrib.django import app

from zueinander.site.models import forget_old
from zueinander.site.story import publisher

FILES = "files"  # the queue of the machine whose folder is served


@app.periodic(cron="17 * * * *")
@app.task(name="site.forget_attempts", queueing_lock="site.forget_attempts", pass_context=False)
def forget_attempts(timestamp: int) -> None:
    """Counters of forms, and sessions that are over with what was filled in and never sent."""
    forget_old()
    SessionStore.clear_expired()


@app.periodic(cron="* * * * *")
@app.task(name="site.publish", queue=FILES, queueing_lock="site.publish", pass_context=False)
def publish(timestamp: int = 0) -> None:
    """Pages of stories; runs on the machine that serves them."""
    publisher.publish_all()


@app.periodic(cron="* * * * * */5")  # the sixth field is seconds
@app.task(name="site.counters", queue=FILES, queueing_lock="site.counters", pass_context=False)
def counters(timestamp: int = 0) -> None:
    publisher.refresh_counters()
