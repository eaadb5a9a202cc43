"""What the model sees of a text: words, word classes in their order, and signs of who holds what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from .fold import Folded
from .reading import PlaceMention, When
from .rules import CUE_CHARS, cues

_DATA = Path(__file__).parent / "data"
_TOKEN = re.compile(
    r"https?://\S+|www\.\S+|@\w+|#\w+|[a-zäöü]+(?:'[a-z]+)?|\d+(?:[.,:]\d+)*|[€$%]|[?!]+|[.;:]|\n|[^\x00-\u024f\s\u2000-\u206f]"
)

MOST_WORDS = 400

_CAPITALS = bytes(code for code in range(256) if chr(code).isupper())


def _classes() -> list[tuple[str, list[str]]]:
    lines = (_DATA / "classes.txt").read_text(encoding="utf-8").splitlines()
    return [(name, words) for name, *words in (line.split() for line in lines if line and line[0] != "#")]


class _Sorter(dict[str, tuple[re.Pattern[str], list[str]]]):
    """First letter -> a pattern with a group for each class of which a word may begin so, and the names of these."""

    def __missing__(self, letter: str) -> tuple[re.Pattern[str], list[str]]:
        some = [
            (name, [w for w in words if w[0] == letter or w[0] in "([" or w[1:2] in _LOOSE]) for name, words in _CLASSES
        ]
        parts = [(name, "((?:" + "|".join(words) + r")\Z)") for name, words in some if words]
        found = self[letter] = re.compile("|".join(part for _, part in parts)), [name for name, _ in parts]
        return found


_LOOSE = ("?", "*", "{")  # behind a letter that need not be there
_CLASSES = _classes()
_SORTER = _Sorter()
KINDS = tuple(dict.fromkeys(["<", ".", "Q", "URL", "TAG", "NUM", *(name for name, _ in _CLASSES)]))
"""All classes a word can have, and "<" for the begin of a sentence."""


def known_as(word: str) -> tuple[str, str]:
    """(the word as the model knows it, its class or "")."""
    first = word[0]
    if word.startswith(("http", "www.")):
        return "URL", "URL"
    if first == "@":
        return "AT", ""
    if first == "#":
        return word, "TAG"
    if first.isdigit():
        return "NUM", "NUM"
    if not first.isalpha():
        mark = first if first in "?!.;:€$%\n" else word
        return mark, ("Q" if first == "?" else "." if first in "!.;:\n" else "")
    pattern, names = _SORTER[first]
    found = pattern.match(word)
    return word, names[found.lastindex - 1] if found and found.lastindex else ""


def described(word: str) -> tuple[str, str, tuple[str, ...]]:
    """(the word as the model knows it, its class or "", features of its own)."""
    mark, name = known_as(word)
    if name == "TAG":
        return mark, name, ("w:" + word[:24], "h:" + word[:5])
    if mark != word or not word[0].isalpha():
        return mark, name, ("w:" + mark,)
    own = ["w:" + word]
    if len(word) > 5:
        own.append("p:" + word[:5])
    if len(word) > 7:
        own += ["p:" + word[:7], "s:" + word[-5:]]
    if len(word) > 4:
        own += ["g:" + word[i : i + 4] for i in range(len(word) - 3)]
    if name:
        own.append("c:" + name)
    return word, name, tuple(own)


token = lru_cache(maxsize=60_000)(described)


def extract(
    head: Folded, places: Sequence[PlaceMention], when: Sequence[When], strength: float, channel: str = "public"
) -> list[str]:
    """Names of the features that are present, each at most once, in a fixed order."""
    words = [token(w) for w in spoken(head.low)]
    found: dict[str, None] = {}
    previous, chain = "<", ["<"]
    for word, name, own in words:
        for feature in own:
            found[feature] = None
        found["b:" + previous + " " + word] = None
        previous = word
        if name:
            chain.append(name)
            if name == ".":
                chain.append("<")
    for i in range(1, len(chain)):
        found["C:" + chain[i - 1] + ">" + chain[i]] = None
        if i > 1:
            found["T:" + chain[i - 2] + ">" + chain[i - 1] + ">" + chain[i]] = None
    found.update(signs(head, [name for _, name, _ in words], places, when, strength))
    return list(found)


def spoken(low: str) -> list[str]:
    """The words and marks of which features are made."""
    return _TOKEN.findall(low[:CUE_CHARS])[:MOST_WORDS]


def signs(
    head: Folded, classes: Sequence[str], places: Sequence[PlaceMention], when: Sequence[When], strength: float
) -> dict[str, None]:
    """The features that are no words: cues, shape, and what they say together. `classes`: that of each word."""
    found: dict[str, None] = {}
    heard = cues(head.low[:CUE_CHARS])
    for cue in heard:
        found["R:" + cue] = None
    _shape(head, classes, places, when, strength, found)
    _together(heard, found)
    return found


GIVES = frozenset(
    [
        "have-free",
        "free-res",
        "i-have-res",
        "hab-res",
        "come-to",
        "want-guests",
        "invite",
        "biete",
        "take-in",
        "i-help",
        "give-away",
        "hosting",
        "with-me",
        "enough",
        "open-house",
        "you-need",
        "free-of-charge",
        "we-hold",
        "offer-time",
    ]
)
TAKES = frozenset(
    [
        "who-has-res",
        "has-who-res",
        "who-takes",
        "take-me",
        "to-you",
        "i-seek",
        "i-alone",
        "no-one",
        "who-also",
        "would-like",
        "for-me",
        "guest-words",
        "relay",
        "with-whom",
        "lack",
        "can-i",
        "newcomer",
    ]
)


GROUPS = ("I", "WE", "YOUP", "WHO", "YOU")  # classes of words whose absence says something
SHAPE = ("S:noI", "S:noWE", "S:noYOUP", "S:asks", "S:reply", "S:rt", "S:when0", "S:places0", "D:some")


def _together(signs: Sequence[str], found: dict[str, None]) -> None:
    """Signs that only say something together: giving and taking weighed against each other, and by whom."""
    gives, takes = sum(s in GIVES for s in signs), sum(s in TAKES for s in signs)
    person = "S:noI" not in found or "S:noWE" not in found
    found[f"F:{min(3, gives)}-{min(3, takes)}"] = None
    found[f"F:{min(1, gives)}{min(1, takes)}{person:d}{'S:noYOUP' not in found:d}"] = None
    found["F:more-" + ("gives" if gives > takes else "takes" if takes > gives else "even" if gives else "none")] = None
    shape = [s for s in SHAPE if s in found]
    marks = [*signs, *shape]
    for i, one in enumerate(marks):
        for other in marks[i + 1 :]:
            found["X:" + one + "&" + other] = None


def _shape(
    head: Folded, words: Sequence[str], places: Sequence[PlaceMention], when: Sequence[When],
    strength: float, found: dict[str, None],
) -> None:  # fmt: skip
    size = len(words)
    found["S:size" + str(min(6, size // 8))] = None
    found["S:places" + str(min(2, len(places)))] = None
    found["S:when" + str(min(2, len(when)))] = None
    found["S:both" + str(bool(places) + bool(when))] = None
    for name, there in zip(("D:some", "D:much", "D:sure"), _danger(strength), strict=True):
        if there:
            found[name] = None
    names = set(words)
    for one in GROUPS:
        if one not in names:
            found["S:no" + one] = None
    for name, there in zip(("S:rt", "S:reply", "S:asks", "S:loud"), _edges(head.raw), strict=True):
        if there:
            found[name] = None


def _danger(strength: float) -> tuple[bool, bool, bool]:
    return strength >= 0.2, strength >= 0.5, strength >= 0.85


def _edges(raw: str) -> tuple[bool, bool, bool, bool]:
    """Passed on, an answer, a question at its end, loud."""
    start = raw[:400]
    rest = start.encode("latin-1", "replace").translate(None, _CAPITALS)
    loud = (len(start) - len(rest)) * 3 > len(start)
    return start.startswith("RT "), start.startswith("@"), start.rstrip().endswith("?"), loud


def known(raw: str, places: int, when: int, strength: float) -> tuple[int, ...]:
    """What `weigh` is told of a text besides words and cues, in the order it names."""
    return (places, when, *_danger(strength), *_edges(raw))
