"""Throughput of the reader and the share of each part: `python bench/reader.py [--seconds 5]`. CPU time, one core."""

from __future__ import annotations

import argparse
import gc
import random
import resource
import sys
import time
from collections.abc import Callable

from zueinander.understanding.reader import Reader, contact, danger, dates, party, tags
from zueinander.understanding.reader.features import extract
from zueinander.understanding.reader.fold import Folded
from zueinander.understanding.reader.language import foreign
from zueinander.understanding.reader.train import corpus


def texts(number: int = 5_000, length: int = 280) -> list[str]:
    """Texts of about `length` characters, joined from sentences of the corpus in a fixed random order."""
    chance = random.Random(7)
    lines = [e.text for e in corpus()]
    out = []
    for _ in range(number):
        text = chance.choice(lines)
        while len(text) < length - 30:
            text += " " + chance.choice(lines)
        out.append(text)
    return out


def rate(work: Callable[[], object], number: int, seconds: float) -> float:
    """Texts per CPU second of `work`, which handles `number` texts; best of the runs that fit the time."""
    best, end = 0.0, time.process_time() + seconds
    while time.process_time() < end:
        start = time.process_time()
        work()
        best = max(best, number / (time.process_time() - start))
    return best


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=3.0)
    args = parser.parse_args(argv)
    begun = time.perf_counter()
    reader = Reader.load()
    gc.freeze()
    sys.stdout.write(f"ready after {time.perf_counter() - begun:.2f} s\n")
    many = texts(1_000)
    items = [{"text": t} for t in many]
    sys.stdout.write(f"{sum(map(len, many)) / len(many):.0f} characters a text\n")
    reader.read_batch(items)
    whole = rate(lambda: reader.read_batch(items), len(items), args.seconds)
    sys.stdout.write(f"{'whole reader, batches of 1,000':32}{whole:10,.0f} texts/s\n")
    slow = 0.0
    for text in many[:300]:
        start = time.process_time()
        reader.read(text)
        slow = max(slow, time.process_time() - start)
    sys.stdout.write(f"{'slowest of 300 read alone':32}{slow * 1000:10.2f} ms\n")
    folded = [Folded(t) for t in many]
    found = [(reader.find_places(f), dates.find(f, None), danger.look(f)[2]) for f in folded]
    features = [extract(f, *x) for f, x in zip(folded, found, strict=True)]
    parts: list[tuple[str, Callable[[], object]]] = [
        ("folding", lambda: [Folded(t) for t in many]),
        ("places", lambda: [reader.find_places(f) for f in folded]),
        ("dates", lambda: [dates.find(f, None) for f in folded]),
        ("danger", lambda: [danger.look(f) for f in folded]),
        ("features", lambda: [extract(f, *x) for f, x in zip(folded, found, strict=True)]),
        ("model", lambda: [reader.model.judge(row) for row in features]),
        ("needs and topic", lambda: [(tags.needs(f.low), tags.topic(f.low)) for f in folded]),
        ("party and age", lambda: [(party.party(f.low), party.ages(f.low), party.minor(f.low)) for f in folded]),
        ("contact", lambda: [contact.find(f) for f in folded]),
        ("language", lambda: [foreign(f.low) for f in folded]),
    ]
    for name, work in parts:
        speed = rate(work, len(many), args.seconds / 4)
        sys.stdout.write(f"{name:32}{speed:10,.0f} texts/s {whole / speed:6.0%}\n")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(f"memory {memory:.0f} MB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
