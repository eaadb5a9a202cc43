"""The story of a campaign: what is told, what the family has agreed to, and what was published when."""

from __future__ import annotations

from zueinander.story.models.consent import Agreement, Fact, Picture
from zueinander.story.models.publishing import READING, NewsletterIssue, Publication, Reading, Subscriber
from zueinander.story.models.telling import IN_PUBLIC, TELLING, WRITING, Correction, Story, Telling, Update, Writing

__all__ = [
    "IN_PUBLIC", "READING", "TELLING", "WRITING", "Agreement", "Correction", "Fact", "NewsletterIssue", "Picture",
    "Publication", "Reading", "Story", "Subscriber", "Telling", "Update", "Writing",
]  # fmt: skip
