# ruff: noqa: E501
"""Whether a text is in a language the reader was not made for; such a text goes to a person."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
_KNOWN = frozenset(
    [
        "ich",
        "du",
        "wir",
        "ihr",
        "und",
        "der",
        "die",
        "das",
        "ist",
        "nicht",
        "ein",
        "eine",
        "zu",
        "mit",
        "auf",
        "für",
        "in",
        "den",
        "von",
        "am",
        "an",
        "es",
        "sie",
        "im",
        "auch",
        "so",
        "wer",
        "hat",
        "noch",
        "bei",
        "aus",
        "isch",
        "nöd",
        "ned",
        "i",
        "mir",
        "no",
        "uf",
        "für",
        "und",
        "de",
        "d",
        "s",
        "han",
        "chunt",
        "öpper",
        "mia",
        "ned",
        "ka",
        "des",
        "a",
        "an",
        "the",
        "and",
        "to",
        "is",
        "are",
        "you",
        "we",
        "my",
        "of",
        "for",
        "in",
        "on",
        "have",
        "suche",
        "biete",
        "allein",
        "bitte",
        "danke",
        "heute",
        "gern",
        "gerne",
        "jemand",
        "platz",
        "weihnachten",
        "hallo",
        "hi",
        "dm",
        "wie",
        "was",
        "kann",
        "alle",
        "keine",
        "mehr",
        "nur",
    ]
)
_FOREIGN = {
    "fr": "je suis pas les une des pour dans est vous nous avec qui noël seul seule cherche bonjour au du et la le",
    "es": "yo estoy no los una para en es con que navidad solo sola busco hola del el la y por mi",
    "it": "sono non gli una per è con che natale solo sola cerco ciao del il la e di mi qualcuno",
    "tr": "ben bir ve için bu ile yalnız var yok merhaba mı çok de da kimse yeni yıl",
    "pl": "jestem nie się na jest święta sam sama szukam czy do i w z mam kto dzień dobry",
    "nl": "ik niet een het van voor met kerst alleen zoek wie heeft een wij bij en de",
    "ro": "sunt nu pentru cu este singur caut crăciun și de la o în am",
}
_SETS = {lang: frozenset(words.split()) for lang, words in _FOREIGN.items()}
_ANY = frozenset().union(*_SETS.values())
_OF = {word: [lang for lang, known in _SETS.items() if word in known] for word in _ANY}
_WORD = re.compile(r"[^\W\d_]+")
_SCRIPT = (("uk", re.compile("[іїєґ]")), ("ru", re.compile("[а-яё]{3}")), ("ar", re.compile("[\u0600-\u06ff]{3}")),
           ("he", re.compile("[\u05d0-\u05ea]{3}")), ("el", re.compile("[α-ω]{4}")), ("zh", re.compile("[\u4e00-\u9fff\u3040-\u30ff]")))  # fmt: skip

_SCRIPTS = re.compile("[іїєґа-яё\u0600-\u06ff\u05d0-\u05eaα-ω\u4e00-\u9fff\u3040-\u30ff]")
_MANY = 10_000  # words; so many no text has
_MORE, _SHARE = 1.5, 0.22  # words of the other language beside known ones, and among all
SAMPLE = 600  # characters by which the language is told


def tongues(piece: str) -> tuple[int, int, int]:
    """Of what stands between two spaces: how many words, how many of them German or English, how many of another
    language; a script of its own counts as many."""
    words = _WORD.findall(piece)
    other = sum(word in _ANY for word in words) + (_MANY if _SCRIPTS.search(piece) else 0)
    return len(words), sum(word in _KNOWN for word in words), other


def doubtful(words: Array, own: Array, other: Array) -> Array:
    """For sums of `tongues` over each text: whether `foreign` can have anything to say."""
    return (other >= _MANY) | ((other > 2) & (other > own * _MORE) & (other > words * _SHARE))


def foreign(low: str) -> str | None:
    """The code of the other language, or None for German and English (and where nothing can be told)."""
    sample = low[:SAMPLE]
    if _SCRIPTS.search(sample):
        for lang, pattern in _SCRIPT:
            if pattern.search(sample):
                latin = len(re.findall(r"[a-zäöü]", sample))
                return lang if latin * 2 < len(sample) else None
    words = _WORD.findall(sample)
    if len(words) < 4:
        return None
    told = [w for w in words if w in _ANY]
    if len(told) < 3:
        return None
    counts = dict.fromkeys(_SETS, 0)
    for word in told:
        for name in _OF[word]:
            counts[name] += 1
    lang, hits = max(counts.items(), key=lambda x: x[1])
    if hits < 3:
        return None
    own = sum([w in _KNOWN for w in words])
    return lang if hits > own * _MORE and hits / len(words) > _SHARE else None
