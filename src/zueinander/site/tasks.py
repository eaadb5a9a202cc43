"""Background steps of the public pages."""

from __future__ import annotations

from procrastinate.contrib.django import app

from zueinander.site.models import forget_old


@app.periodic(cron="17 * * * *")
@app.task(name="site.forget_attempts", queueing_lock="site.forget_attempts", pass_context=False)
def forget_attempts(timestamp: int) -> None:
    forget_old()
