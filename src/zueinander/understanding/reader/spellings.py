"""Other spellings of the names of places: what people leave out, and what typing errors make of them."""

from __future__ import annotations

_ALIKE = {"d": "t", "t": "d", "b": "p", "p": "b", "g": "k", "k": "g", "f": "v", "v": "f"}
# fmt: off
_WORDS = frozenset(
    [
        "bade", "benke", "birke", "brugge", "bürgle", "emme", "erle", "klote", "lache", "laufe", "linde", "matte",
        "meile", "quarte", "reide", "rhode", "saane", "schliere", "sitte", "staufe", "teufe", "untersee", "weide",
        "wohle", "worbe"
    ]
)  # what would be left of a name in Switzerland, but is a word or another place
# fmt: on


def shortened(name: str, written: str, country: str) -> list[str]:
    """What people leave out: Clausthal-Zellerfeld, Bad Gandersheim, and the Swiss ending."""
    first = written.partition("-")[0]
    short = [name[: len(first)].strip()] if len(first) < len(written) else []
    if name.startswith("bad "):
        short.append(name.removeprefix("bad "))
    return [*short, *swiss(name, country)]


def swiss(name: str, country: str) -> list[str]:
    """What is said of it in Switzerland: Wetzike, Wipkinge, Olte."""
    if country != "CH" or not name.endswith(("ikon", "en")):
        return []
    said = name[:-2] + "e" if name.endswith("ikon") else name[:-1]
    bernese = [name[:-4] + "ge"] if name.endswith("ingen") else []
    return [*([] if said in _WORDS else [said]), *bernese]


def misspelt(name: str) -> list[str]:
    """What typing errors make of a long name: a letter left out behind the second, two swapped, and the letters that
    sound alike. The last letter stays, as it is an ending."""
    inner = range(2, len(name) - 1)
    dropped = [name[:i] + name[i + 1 :] for i in inner]
    swapped = [name[:i] + name[i + 1] + name[i] + name[i + 2 :] for i in range(1, len(name) - 2)]
    heard = [name[:i] + _ALIKE[name[i]] + name[i + 1 :] for i in range(2, len(name)) if name[i] in _ALIKE]
    doubled = [
        name[:i] + name[i] + name[i:] for i in inner if name[i] in "lmnrst" and name[i] not in name[i - 1 : i + 2 : 2]
    ]
    return [w for w in dict.fromkeys([*dropped, *swapped, *heard, *doubled]) if w != name and " " not in w]
