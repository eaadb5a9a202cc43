"""Background steps of calls."""

from __future__ import annotations

from procrastinate.contrib.django import app

from zueinander.calls import actions
from zueinander.campaigns.models import Campaign


@app.periodic(cron="17 * * * *")
@app.task(name="calls.draft", queueing_lock="calls.draft", pass_context=False)
def draft(timestamp: int = 0) -> None:
    for campaign in Campaign.objects.running():
        actions.draft_calls(campaign)
