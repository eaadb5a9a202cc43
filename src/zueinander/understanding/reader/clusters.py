"""Words that stand in the same places: Brown clusters of German words, so that a word nobody used in the training texts
is known by its company.

data/clusters.txt.gz holds a line a cluster, its path in the tree of clusters (a number, its first branch in the lowest
bit) and its words, folded. Source: `de_lexeme_cluster` of spacy-lookups-data 1.0.5 (MIT, ExplosionAI), the most
frequent words of it; made by `python -m zueinander.understanding.reader.clusters CLUSTERS.json.gz FREQUENCIES.json.gz`.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

from .fold import Folded

FILE = Path(__file__).parent / "data" / "clusters.txt.gz"
DEPTHS = (4, 6, 8, 30)  # bits of the path that are looked at, from the coarsest kind of word to the cluster itself
_KEPT = 80_000


@lru_cache(maxsize=1)
def paths() -> dict[str, int]:
    """Folded word -> path of its cluster."""
    found = {}
    with gzip.open(FILE, "rt", encoding="utf-8") as lines:
        for line in lines:
            path, *words = line.split()
            found.update(dict.fromkeys(words, int(path)))
    return found


def build(clusters: Path, frequencies: Path) -> None:
    """Writes the shipped file; of several spellings of one folded word the most frequent one counts."""
    with gzip.open(clusters) as one, gzip.open(frequencies) as other:
        path, often = json.load(one), json.load(other)
    best: dict[str, int] = {}
    for word in sorted((w for w in path if w.isalpha()), key=lambda w: (-often.get(w, -99.0), w)):
        if len(best) < _KEPT:
            best.setdefault(Folded(word).low, path[word])
    by_path = defaultdict(list)
    for word, at in best.items():
        by_path[at].append(word)
    text = "".join(f"{at} {' '.join(sorted(words))}\n" for at, words in sorted(by_path.items()))
    FILE.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


if __name__ == "__main__":
    build(*map(Path, sys.argv[1:3]))
