"""The gazetteer's names in a text, found word by word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .fold import SIGNS, Folded
from .places import Gazetteer

Found = tuple[int, int, str, list[str]]
Longer = Mapping[str, tuple[int, ...]]
Begin = tuple[int, str, int, bool, int, Longer]
"""A word with which a name may begin: its place in the piece; the name that it is by itself, "" if none, and how many
letters of the word that name has; whether that name is believed only with a capital; where the next word begins; and
of longer names that begin so the second word, with the numbers of words such names have, the most first."""
Begins = Sequence[tuple[int, Sequence[Begin]]]
"""Places of pieces in which names may begin, and those words of each."""
_MET = 30_000  # pieces remembered
_NONE: Longer = {}
_SURE_LETTERS = 4  # shorter names are words of other languages, syllables, short forms


_FIRST_NAMES = frozenset(["jona"])  # without their last letter


class Names:
    """All names by their first word. A name may carry the s of the genitive: Churs, Berlins."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._names = gazetteer.loose | {k: k for k in gazetteer.by_key if len(k) > 1 and not k.isdigit()}
        self._longer: dict[str, dict[str, tuple[int, ...]]] = {}  # first word -> as in Begin
        for written, name in self._names.items():
            if " " in written:
                first, second, *rest = written.split(" ", 2)
                self._add(first, second, rest[0].count(" ") + 3 if rest else 2)
                if not rest and _with_s(name):
                    self._add(first, second + "s", 2)
        self._met: dict[str, tuple[Begin, ...]] = {}
        self._ranks: dict[str, tuple[int, bool]] = {}

    def _add(self, first: str, second: str, size: int) -> None:
        seconds = self._longer.setdefault(first, {})
        known = seconds.get(second, ())
        if size not in known:
            seconds[second] = tuple(sorted((*known, size), reverse=True))

    def find(self, folded: Folded, cased: bool, begins: Begins | None = None) -> list[Found]:
        """Names with start and end in the folded text, and the two words before; the longest from the left, none inside
        another. Left out are those that nobody believes without a capital, where the text is `cased`."""
        flat = folded.flat
        out: list[Found] = []
        reached = 0
        for at, names in self._among(folded.low) if begins is None else begins:
            for shift, name, size, needs, then, longer in names:
                start = at + shift
                if start < reached:
                    continue
                second = at + then + 1
                stop = flat.find(" ", second) if longer else 0
                sizes = longer.get(flat[second:stop]) if stop > 0 else None
                found = self._whole(flat, start + 1, stop, sizes) if sizes else None
                if found:
                    name, size = found
                elif not name or (needs and cased and not folded.raw[folded.at(start)].isupper()):
                    continue
                reached = start + size
                out.append((start, reached, name, _before(flat, start + 1)))
        return out

    def _among(self, low: str) -> Begins:
        """Where in a text the pieces are in which a name may begin."""
        out, at = [], 0
        for piece in low.split(" "):
            names = self._met.get(piece)
            if names is None:
                if len(self._met) > _MET:
                    self._met.clear()
                names = self._met[piece] = self.begins(piece)
            if names:
                out.append((at, names))
            at += len(piece) + 1
        return out

    def begins(self, piece: str) -> tuple[Begin, ...]:
        """The words of a piece with which a name may begin."""
        out, at = [], 0
        for word in piece.translate(SIGNS).split(" "):
            name = self._exact(word)
            longer = self._longer.get(word, _NONE)
            then = at + len(word) + 1
            if name or longer:
                rank, unsure = self.rank(name) if name else (3, False)
                out.append((at, name, len(word) - (name != word), unsure or rank < 3, then, longer))
            at = then
        return tuple(out)

    def _whole(self, flat: str, start: int, two: int, sizes: Sequence[int]) -> tuple[str, int] | None:
        """The name of several words that begins at a place and has one of the sizes, and how long it is as written.
        two: where its second word ends."""
        for size in sizes:
            stop = two
            for _ in range(size - 2):
                stop = flat.find(" ", stop + 1) if stop > 0 else stop
            written = flat[start:stop] if stop > 0 else ""
            if name := self._exact(written):
                return name, len(written) - (written not in self._names)
        return None

    def _exact(self, written: str) -> str:
        """The name that is written so, with the s of the genitive or without; "" if there is none."""
        name = self._names.get(written)
        if name is None and written[-1:] == "s":
            name = self._names.get(written[:-1])
            name = name if name and _with_s(name) else None
        return name or ""

    def rank(self, name: str) -> tuple[int, bool]:
        """How well known the best known place of that name is, and whether the name is a common word as well."""
        found = self._ranks.get(name)
        if found is None:
            best = max(place.rank for place in self._gazetteer.by_key[name])
            unsure = name in self._gazetteer.ambiguous or (len(name) < _SURE_LETTERS and best < 3)
            found = self._ranks[name] = best, unsure
        return found


def _with_s(name: str) -> bool:
    return name[-1] not in "sxz" and len(name) >= _SURE_LETTERS and name not in _FIRST_NAMES


def _before(flat: str, start: int) -> list[str]:
    """The two words before a place, "" where there is none. Further than eight words and signs nobody looks."""
    one = flat.rfind(" ", 0, start - 1)
    two = flat.rfind(" ", 0, one) if one > 0 else -1
    if two >= 0 and two + 1 < one and one + 2 < start:
        return [flat[two + 1 : one], flat[one + 1 : start - 1]]
    found = [word for word in flat[:start].rsplit(" ", 9)[-9:-1] if word][-2:]
    return [""] * (2 - len(found)) + found
