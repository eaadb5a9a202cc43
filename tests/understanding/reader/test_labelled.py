"""Texts in many voices with what a person reads in them: places, days, people, danger. Each file in `labelled/` was
written before the reader was asked; the figures it has reached since are held here."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from zueinander.understanding.reader import Reader, Reading

FILES = sorted((Path(__file__).parent / "labelled").glob("*.txt"))
WISHES = ("seek", "offer", "both")


@dataclass(frozen=True)
class Label:
    intent: str
    people: int | None
    places: frozenset[tuple[str, str]]
    when: tuple[str, ...]
    signs: tuple[str, ...]
    text: str


def labels(path: Path) -> list[Label]:
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            intent, people, places, when, signs, text = line.split("|", 5)
            names = frozenset(_place(entry) for entry in places.split(",") if entry)
            days = tuple(word.casefold().strip(" .,!") for word in when.split(";") if word)
            found.append(Label(intent, int(people) if people != "-" else None, names, days, tuple(signs.split()), text))
    return found


def _place(entry: str) -> tuple[str, str]:
    name, _, country = entry.partition("@")
    return _town(name), country.partition("/")[0] or "DE"


def _town(name: str) -> str:
    return name.split("-")[0].split(" (")[0].casefold()


def _f1(count: Counter[str], kind: str) -> float:
    right, wrong = count[kind], count["extra " + kind] + count["missed " + kind]
    return 2 * right / (2 * right + wrong)


def _told(label: Label, reading: Reading, count: Counter[str]) -> None:
    """Counts what of a text was read right."""
    places = {(_town(place.name), place.country) for place in reading.places}
    days = [when.text.casefold().strip(" .,!") for when in reading.when]
    met = [word for word in label.when if any(word in day or day in word for day in days)]
    count["place"] += len(places & label.places)
    count["extra place"] += len(places - label.places)
    count["missed place"] += len(label.places - places)
    count["when"] += len(met)
    count["missed when"] += len(label.when) - len(met)
    count["extra when"] += sum(not any(word in day or day in word for word in label.when) for day in days)
    alarm = reading.danger == "acute" or reading.intent == "crisis"
    count[("alarm" if alarm else "calm") + (" in danger" if label.intent == "crisis" else "")] += 1
    same = _same(label.intent, label.people, reading.people)
    if label.intent in WISHES:
        count["number right" if same else "number wrong"] += 1  # however the wish is read
    if label.intent in WISHES and label.intent == reading.intent:
        count["people right" if same else "people wrong"] += 1
        count["behalf right" if ("b" in label.signs) == reading.on_behalf else "behalf wrong"] += 1


def _same(intent: str, told: int | None, read: int | None) -> bool:
    """Whether a number is read as it is told; of who asks alone it may be told or not."""
    return read == told or (intent == "seek" and {told, read} == {1, None})


def test_what_a_person_reads_in_them(reader: Reader) -> None:
    wanted = [label for path in FILES for label in labels(path)]
    count: Counter[str] = Counter()
    for label, reading in zip(wanted, reader.read_batch([{"text": label.text} for label in wanted]), strict=True):
        assert isinstance(reading, Reading), label.text
        _told(label, reading, count)
    assert _f1(count, "place") >= 0.97
    assert _f1(count, "when") >= 0.97
    assert count["people right"] / (count["people right"] + count["people wrong"]) >= 0.97
    assert count["number right"] / (count["number right"] + count["number wrong"]) >= 0.95
    assert count["behalf right"] / (count["behalf right"] + count["behalf wrong"]) >= 0.95
    assert count["alarm in danger"] / (count["alarm in danger"] + count["calm in danger"]) >= 0.95
    assert count["alarm"] / (count["alarm"] + count["calm"]) <= 0.05


def test_how_many_it_is_about_and_for_whom(reader: Reader) -> None:
    """However the wish is read. When first read 0.85 to 0.88 of the numbers were as told, and 0.92 to 0.97 of for whom;
    what failed was mended afterwards."""
    files = sorted((Path(__file__).parent / "labelled" / "people").glob("*.txt"))
    told = [line.split("|", 3) for path in files for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    assert len(told) == 960
    found = reader.read_batch([{"text": text.replace("\\n", "\n")} for *_, text in told])
    numbers = behalf = 0
    for (intent, people, whom, _), reading in zip(told, found, strict=True):
        assert isinstance(reading, Reading)
        numbers += _same(intent, None if people == "-" else int(people), reading.people)
        behalf += (whom == "b") == reading.on_behalf
    assert numbers >= 0.94 * len(told)
    assert behalf >= 0.97 * len(told)


def test_for_whom_where_it_is_hard_to_hear(reader: Reader) -> None:
    """Posts that are all about asking and inviting for others, none of them looked at while mending: 0.78 were read
    right before corpus/whom was taught."""
    path = Path(__file__).parent / "labelled" / "whom" / "unseen.txt"
    told = [line.split("|", 2) for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    assert len(told) == 240
    found = reader.read_batch([{"text": text.replace("\\n", "\n")} for *_, text in told])
    right = sum(
        isinstance(one, Reading) and (whom == "b") == one.on_behalf
        for (_, whom, _), one in zip(told, found, strict=True)
    )
    assert right >= 0.83 * len(told)
