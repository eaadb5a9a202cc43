"""The volunteers' corrections become training data of this installation, for as long as people let us keep their words.

Nothing is copied: each training reads the texts where they are kept. Words of a person who takes back their consent,
says stop, or whose post is gone are not in the next version, and no version holds words that were not in the shipped
one (see `reader.train.train`).
"""

from __future__ import annotations

import hashlib
import logging
import os
from functools import lru_cache
from pathlib import Path
from threading import Lock

from zueinander.journal.actions import record
from zueinander.journal.models import Entry
from zueinander.people.models import AgeBand, Purpose
from zueinander.shared.config import config
from zueinander.understanding.models import Reading
from zueinander.understanding.reader import VERSION, Reader
from zueinander.understanding.reader.examples import Example
from zueinander.understanding.reader.model import Model

LEAST = 25  # corrections below which nothing is learned from them
WEIGHT = 2.0  # of a correction, beside a text of the shipped corpus
_log = logging.getLogger(__name__)
_loading = Lock()


def own_model() -> Path:
    """Where this installation's own version lies, when it has one."""
    return config().data / "reader" / f"model-{VERSION}.npz"


def reader() -> Reader:
    """The reader of this process, with the own version as soon as there is one; loaded once for all threads."""
    path = own_model()
    with _loading:
        try:
            return _reader(path, path.stat().st_mtime_ns)
        except FileNotFoundError:
            return _reader(None, 0)


@lru_cache(maxsize=1)
def _reader(path: Path | None, stamp: int) -> Reader:
    return Reader.load(model=path)


def lessons() -> list[Example]:
    """What may be learned from: corrected, still there, of an adult who consented and has not said stop."""
    rows = (
        Reading.objects.filter(
            corrected_at__isnull=False,
            minor=False,
            post__deleted_at=None,
            post__handle__person__stopped_at=None,
            post__handle__person__consents__purpose=Purpose.MATCH,
            post__handle__person__consents__withdrawn_at=None,
        )
        .exclude(post__handle__person__age_band=AgeBand.UNDER_18)
        .select_related("post")
        .order_by("pk")
    )
    return [Example(row.post.text, row.intent, "corrections", WEIGHT) for row in rows if row.post.text]


def version_of(examples: list[Example]) -> str:
    """The same corrections give the same version."""
    digest = hashlib.sha256()
    for line in sorted(f"{one.intent} {one.text}" for one in examples):
        digest.update(line.encode())
        digest.update(b"\0")
    return f"{VERSION}+{digest.hexdigest()[:8]}"


def learn(least: int = LEAST) -> str:
    """Trains anew when the corrections are others than last time, and returns the version that reads from now on. The
    own version stands only if it is better on the fixed test set than the shipped one; otherwise that one reads. What
    was tried is in the journal with its figures."""
    from zueinander.understanding.reader.train import better  # needs a second and 100 MB that only training needs

    examples, path, shipped = lessons(), own_model(), Model.load()
    version = version_of(examples)
    if len(examples) < least:
        path.unlink(missing_ok=True)
        return shipped.version
    if path.exists() and Model.load(path).version == version:
        return version
    tried = Entry.objects.filter(verb__in=("reader_adopted", "reader_kept")).order_by("id").last()
    if tried and tried.verb == "reader_kept" and tried.detail["what"] == version:
        return shipped.version
    model, new, old = better(examples, version, shipped)
    _log.info("%d corrections: %.3f on the fixed test set, %.3f without them", len(examples), new, old)
    if model is None:
        path.unlink(missing_ok=True)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        made = path.with_suffix(".new.npz")
        model.save(made)
        os.replace(made, path)
    verb = "reader_adopted" if model else "reader_kept"
    record(verb, what=version, count=len(examples), before=round(old, 3), after=round(new, 3))
    return version if model else shipped.version
