"""The gazetteer's names in a text, found word by word."""

from __future__ import annotations

from itertools import accumulate

from .places import Gazetteer

Found = tuple[int, int, str, list[str]]
_MET = 50_000  # words remembered
_ONE = (1,)
_SURE_LETTERS = 4  # shorter names are words of other languages, syllables, short forms


class Names:
    """All names by their first word. A name may carry the s of the genitive: Churs, Berlins."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._names = gazetteer.loose | {k: k for k in gazetteer.by_key if len(k) > 1 and not k.isdigit()}
        self._sizes: dict[str, tuple[int, ...]] = {}  # first word -> how many words its names have, the most first
        longer: dict[str, set[int]] = {}
        for written, name in self._names.items():
            if " " in written:
                word, _, rest = written.partition(" ")
                longer.setdefault(word, set()).add(rest.count(" ") + 2)
                continue
            self._sizes[name] = _ONE
            if _with_s(name):
                self._sizes[name + "s"] = _ONE
        for word, sizes in longer.items():
            self._sizes[word] = (*sorted(sizes, reverse=True), *self._sizes.get(word, ()))
        self._met: dict[str, bool] = {}
        self._ranks: dict[str, tuple[int, bool]] = {}

    def find(self, flat: str) -> list[Found]:
        """Names with start and end in the folded text, and the two words before; the longest from the left, none inside
        another. flat: see `Folded`."""
        sizes, names, words = self._sizes, self._names, flat.split(" ")
        maybe = self._maybe(words)
        if not maybe:
            return []
        starts = [0, *accumulate(map(len, words))]
        out: list[Found] = []
        reached = 0
        for i in maybe:
            if i < reached:
                continue
            for size in sizes[words[i]]:
                written = words[i] if size == 1 else " ".join(words[i : i + size])
                name = names.get(written)
                if name is None and written[-1:] == "s":
                    written = written[:-1]
                    name = names.get(written)
                    name = name if name and _with_s(name) else None
                if name and i + size < len(words):
                    start = starts[i] + i - 1
                    out.append((start, start + len(written), name, _before(words, i)))
                    reached = i + size
                    break
        return out

    def _maybe(self, words: list[str]) -> list[int]:
        """Places of the words with which a name begins. Asked of a small table of the words met, which stays near the
        processor as that of all names would not."""
        met = self._met
        try:
            return [i for i, word in enumerate(words) if met[word]]
        except KeyError:
            if len(met) > _MET:
                met = self._met = {}
            met.update((word, word in self._sizes) for word in words)
            return [i for i, word in enumerate(words) if met[word]]

    def rank(self, name: str) -> tuple[int, bool]:
        """How well known the best known place of that name is, and whether the name is a common word as well."""
        found = self._ranks.get(name)
        if found is None:
            best = max(place.rank for place in self._gazetteer.by_key[name])
            unsure = name in self._gazetteer.ambiguous or (len(name) < _SURE_LETTERS and best < 3)
            found = self._ranks[name] = best, unsure
        return found


def _with_s(name: str) -> bool:
    return name[-1] not in "sxz" and len(name) >= _SURE_LETTERS


def _before(words: list[str], at: int) -> list[str]:
    """The two words before a place in the list, "" where there is none."""
    if at > 1 and words[at - 1] and words[at - 2]:
        return words[at - 2 : at]
    found = [word for word in words[max(0, at - 8) : at] if word][-2:]
    return [""] * (2 - len(found)) + found
