# ruff: noqa: E501
"""What simpler methods reach on the same labels: `python bench/reader_baselines.py LABELS.jsonl`; without a file, on the
fixed test set and on the training texts of authors left out.

Keyword rules and a bag-of-words model for the intent, a plain gazetteer match for places, dateparser's search for dates.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from zueinander.understanding.reader import Reader
from zueinander.understanding.reader.examples import Example, corpus
from zueinander.understanding.reader.fold import fold
from zueinander.understanding.reader.places import key, shipped
from zueinander.understanding.reader.rules import keyword_intent
from zueinander.understanding.reader.train import cross_validate, macro_f1, parts


def f1(pairs: Iterable[tuple[set[str], set[str]]]) -> float:
    """Micro F1 of sets."""
    hit = wrong = missed = 0
    for want, have in pairs:
        hit, wrong, missed = hit + len(want & have), wrong + len(have - want), missed + len(want - have)
    return 2 * hit / max(1, 2 * hit + wrong + missed)


def plain_places(text: str) -> set[str]:
    """Every run of one to three words that is in the gazetteer."""
    words = key(text).split()
    runs = (" ".join(words[i : i + n]) for i in range(len(words)) for n in (1, 2, 3))
    found = (shipped().best(run) for run in runs)
    return {fold(p.name.split("-")[0].split(" (")[0]) for p in found if p}


def words_model(texts: list[str], examples: list[Example]) -> list[str]:
    """Logistic regression over words and word pairs, trained on the same texts."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    model = make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True), LogisticRegression(C=20, max_iter=1000)
    )
    model.fit([e.text for e in examples], [e.intent for e in examples])
    return [str(x) for x in model.predict(texts)]


def searched_dates(text: str) -> set[str]:
    """What dateparser's search finds, as written."""
    from dateparser.search import search_dates

    return {words.casefold().strip(" .,!") for words, _ in search_dates(text, languages=["de"]) or []}


def overlap(rows: list[dict[str, Any]], find: Callable[[str], set[str]]) -> float:
    """F1 of date words, counted as found when one lies in the other."""
    hit = wrong = missed = 0
    for row in rows:
        want, have = {w.casefold().strip(" .,!") for w in row["when"]}, find(row["text"])
        good = {w for w in want if any(w in h or h in w for h in have if h)}
        hit, missed = hit + len(good), missed + len(want - good)
        wrong += sum(not any(w in h or h in w for w in want) for h in have)
    return 2 * hit / max(1, 2 * hit + wrong + missed)


def own_texts() -> int:
    """Intents alone: of the fixed test set, then of authors the methods have not seen (which takes some minutes)."""
    out, held, examples, read = sys.stdout.write, corpus(test=True), corpus(), Reader.load().read
    truth, texts = [e.intent for e in held], [e.text for e in held]
    out(f"fixed test set, {len(held)} texts: reader {macro_f1(truth, [read(t).intent for t in texts])[0]:.3f}")
    out(f", bag of words {macro_f1(truth, words_model(texts, examples))[0]:.3f}")
    out(f", keyword rules {macro_f1(truth, [keyword_intent(fold(t)) for t in texts])[0]:.3f}\n")
    truth, words = [], []
    for part in parts(examples):
        left_out = set(part)
        truth += [examples[i].intent for i in part]
        words += words_model([examples[i].text for i in part], [e for i, e in enumerate(examples) if i not in left_out])
    rules = [keyword_intent(fold(e.text)) for e in examples]
    out(f"unseen authors, {len(examples)} texts: reader's model {cross_validate(examples).macro_f1:.3f}")
    out(f", bag of words {macro_f1(truth, words)[0]:.3f}")
    out(f", keyword rules {macro_f1([e.intent for e in examples], rules)[0]:.3f}\n")
    return 0


def main(argv: list[str] | None = None) -> int:
    files = sys.argv[1:] if argv is None else argv
    if not files:
        return own_texts()
    rows = [json.loads(line) for line in Path(files[0]).read_text(encoding="utf-8").splitlines() if line]
    reader = Reader.load()
    texts, truth = [r["text"] for r in rows], [r["intent"] for r in rows]
    readings = [reader.read(t) for t in texts]
    want = [{fold(p["name"].split("-")[0].split(" (")[0]) for p in r["places"]} for r in rows]
    have = [{fold(p.name.split("-")[0].split(" (")[0]) for p in r.places} for r in readings]
    words = {r["text"]: {w.text.casefold().strip(" .,!") for w in x.when} for r, x in zip(rows, readings, strict=True)}
    out = sys.stdout.write
    out(f"intent macro-F1: reader {macro_f1(truth, [r.intent for r in readings])[0]:.3f}")
    out(f", bag of words {macro_f1(truth, words_model(texts, corpus()))[0]:.3f}")
    out(f", keyword rules {macro_f1(truth, [keyword_intent(fold(t)) for t in texts])[0]:.3f}\n")
    out(f"place F1: reader {f1(zip(want, have, strict=True)):.3f}")
    out(f", plain gazetteer {f1(zip(want, map(plain_places, texts), strict=True)):.3f}\n")
    out(f"when F1: reader {overlap(rows, words.__getitem__):.3f}, dateparser {overlap(rows, searched_dates):.3f}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
