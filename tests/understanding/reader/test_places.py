"""Places: the names people use are found, and words that only look like places are left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from zueinander.understanding.reader import Reader, lookup
from zueinander.understanding.reader.place_context import in_full
from zueinander.understanding.reader.postcodes import BadPostcodeFile, convert, main

SEEMING = {
    "Essen", "Singen", "Hof", "Köln", "Wels", "Weil am Rhein", "Mies", "Jens", "Halten", "Filet", "Provence", "Franken",
    "Recklinghausen", "Jona", "Mutters",
}  # fmt: skip
FOUND = [
    ("Suche Gesellschaft in Giessen", "Gießen", "DE"),
    ("Wer kommt nach Koeln?", "Köln", "DE"),
    ("Raum Freiburg i. Br.", "Freiburg im Breisgau", "DE"),
    ("bin in St. Gallen allein", "St. Gallen", "CH"),
    ("Platz frei, Sankt Pölten", "St. Pölten", "AT"),
    ("I'm alone in Munich", "München", "DE"),
    ("Wer isch z Züri elei?", "Zürich", "CH"),
    ("Wohne im Ruhrpott", "Ruhrgebiet", "DE"),
    ("Irgendwo in NRW", "Nordrhein-Westfalen", "DE"),
    ("Noch zwei Plätze in 50823 Köln", "Köln", "DE"),
    ("Raum 79, gern abends", "Freiburg im Breisgau", "DE"),
    ("1010 Wien, zwei Stühle", "Wien", "AT"),
    ("Am Kölner Hauptbahnhof stehen viele", "Köln", "DE"),
    ("Churs Altstadt ist schön, Chur auch", "Chur", "CH"),
    ("Bruneck, ein Bett frei", "Bruneck", "IT"),
    ("Sitze in Regen im Regen", "Regen", "DE"),
    ("Heiligabend in Singen", "Singen", "DE"),
    ("#KeinerBleibtAlleinLeipzig", "Leipzig", "DE"),
    ("Raum HH, Silvester", "Hamburg", "DE"),
    ("Wohne in Ehrenfeld", "Köln-Ehrenfeld", "DE"),
    ("Suche Anschluss in Amstetten NÖ", "Amstetten", "AT"),
    ("Suche Anschluss in Amstetten (BW)", "Amstetten", "DE"),
    ("Basel-Stadt, ein Platz frei", "Basel-Stadt", "CH"),
    ("PLZ 3xxxx, wer ist allein?", "Hannover", "DE"),
    ("Platz frei in Genève", "Genf", "CH"),
    ("Un posto libero a Bolzano", "Bozen", "IT"),
    ("Vaduz, ein Bett frei", "Vaduz", "LI"),
    ("Silvester z Olte, wer chunnt?", "Olten", "CH"),
    ("jmd aus RP da?", "Rheinland-Pfalz", "DE"),
    ("Us GR und elei", "Graubünden", "CH"),
    ("Moin, S-H hier, jemand da?", "Schleswig-Holstein", "DE"),
    ("Hütte im Oberharz, ein Bett frei", "Oberharz", "DE"),
    ("Wer ist aus der Oberlausitz?", "Oberlausitz", "DE"),
    ("Suche Anschluss in Widnau", "Widnau", "CH"),
    ("Suche Anschluss in Rorschacherberg", "Rorschacherberg", "CH"),
    ("Suche Anschluss in Ohrdruf", "Ohrdruf", "DE"),
    ("Suche Anschluss in Henstedt-Ulzburg", "Henstedt-Ulzburg", "DE"),
    ("Bad Rodach, ein Bett frei", "Bad Rodach", "DE"),
    ("Suche Anschluss in Wilhering", "Wilhering", "AT"),
    ("Suche Anschluss in Schluderns", "Schluderns", "IT"),
    ("Suche Anschluss im Ahrntal", "Ahrntal", "IT"),
    ("Ich stemple in Himmelpfort Wunschzettel und feiere allein", "Fürstenberg-Himmelpfort", "DE"),
    ("Suche Gesellschaft, Thun oder Boltigen", "Boltigen", "CH"),
    ("Chönd ihr mi z Zweisimmen und Diemtigen mitnäh?", "Diemtigen", "CH"),
    ("Wohne in Cortébert, wer fährt nach Biel?", "Cortébert", "CH"),
    ("Wer in Riemenstalden hat einen Tisch?", "Riemenstalden", "CH"),
    ("Kommt in unsere Jenaer Küche", "Jena", "DE"),
    ("Lieder im Bielefelder Gemeindesaal", "Bielefeld", "DE"),
    ("Vater und Tochter, beide vegetarisch. PLZ 99.", "Erfurt", "DE"),
    ("Wir zwei mit Hund, Jena, suchen Anschluss", "Jena", "DE"),
    ("Gern auch mit Katze. Bremen-Neustadt", "Bremen", "DE"),
    ("Sind hier Bielefelder Omas ohne Enkel?", "Bielefeld", "DE"),
    ("Suppe für alle #wiensimmering", "Wien-Simmering", "AT"),
]


@pytest.mark.parametrize(("text", "name", "country"), FOUND)
def test_a_place_is_found_under_its_german_name(reader: Reader, text: str, name: str, country: str) -> None:
    assert (name, country) in [(p.name, p.country) for p in reader.read(text).places]


@pytest.mark.parametrize(
    "text",
    [
        "Wir essen um sechs und singen danach",
        "Weil es regnet, bleibe ich auf dem Hof",
        "Frau Stein geht baden",
        "Der Kölner Abend fällt aus",
        "Ich hab 4600 Kilometer hinter mir",
        "Das kostet 12345 Euro",
        "Zum Essen gibt es Hagen Daz",
        "Sie sitzt gern im Sattel",
        "Ein Hafen ist ein Port",
        "Die Mücke sticht, wir haben die gleichen Sorgen",
        "Das ist mies, Jens, wir halten trotzdem ein Filet bereit",
        "Urlaub in der Provence oder daheim",
        "Das Velo kostet 250 Franken",
        "Dr. Hof und Oma Wels kommen",
        "Der Brief ist von Jonas, Mutters Handschrift",
        "RE nach Hagen, Abteil hinten, 7. Januar",
    ],
)
def test_a_word_that_only_looks_like_a_place_is_left_alone(reader: Reader, text: str) -> None:
    assert not SEEMING & {p.name for p in reader.read(text).places}


def test_one_name_many_places_goes_by_company_and_shows_doubt(reader: Reader) -> None:
    alone = reader.read("Wohne in Frankfurt").places[0]
    east = reader.read("Frankfurt (Oder), nah bei Słubice").places[0]
    assert alone.name == "Frankfurt am Main"
    assert east.name == "Frankfurt (Oder)"


def test_every_place_lies_somewhere(reader: Reader) -> None:
    assert [p.name for places in reader.gazetteer.by_key.values() for p in places if not (p.lat and p.lon)] == []


def test_a_form_field_finds_by_start_of_name_and_by_postcode() -> None:
    assert lookup("Osnabr")[0].name == "Osnabrück"
    assert lookup("50823")[0].name == "Köln"
    assert lookup("sankt gallen", "CH")[0].name == "St. Gallen"
    assert lookup("   ") == []


def test_a_postcode_file_of_the_operator_adds_its_villages(tmp_path: Path) -> None:
    source = tmp_path / "XX.csv"
    source.write_text(
        "country_code,zipcode,place,state,state_code,province,province_code,community,community_code,latitude,longitude\n"
        "AT,4699,Oberquellheim,Oberösterreich,04,Bezirk,1,Quellheim,2,48.10,13.80\n",
        encoding="utf-8",
    )
    target = tmp_path / "var" / "extra.gz"
    assert convert([source], target) == (1, 1)
    first = target.read_bytes()
    convert([source], target)
    assert target.read_bytes() == first
    place = Reader.load(postcodes=[target]).read("Noch ein Stuhl frei in Oberquellheim").places[0]
    assert (place.name, place.country) == ("Quellheim-Oberquellheim", "AT")


def test_a_file_that_is_no_postcode_file_is_refused_with_its_line(tmp_path: Path) -> None:
    source = tmp_path / "bad.csv"
    source.write_text("country_code,zipcode,place,latitude,longitude\nDE,1,Ort,x,y\n", encoding="utf-8")
    with pytest.raises(BadPostcodeFile, match="line 2"):
        convert([source], tmp_path / "out.gz")
    source.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(BadPostcodeFile, match="line 1"):
        convert([source], tmp_path / "out.gz")


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Komme aus Köln, suche Gesellschaft in München", {"Köln": "origin", "München": "here"}),
        ("Wien, stamme ursprünglich aus Graz", {"Wien": "here", "Graz": "origin"}),
        ("Nach dem Konzert in Leipzig sitze ich in Gera", {"Leipzig": "event", "Gera": "here"}),
        ("Fahre nach Bremen, wohne in Kiel", {"Bremen": "other", "Kiel": "here"}),
        ("Ich bin allein und komme aus Bern", {"Bern": "here"}),
    ],
)
def test_where_somebody_comes_from_is_not_where_they_are(reader: Reader, text: str, roles: dict[str, str]) -> None:
    assert {p.name: p.role for p in reader.read(text).places} == roles


def test_the_command_loads_the_file_of_geonames(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ZUEINANDER_DATA", str(tmp_path))
    source = tmp_path / "XX.txt"
    source.write_text("AT\t4699\tOberquellheim\tOberösterreich\t04\tBezirk\t1\tQuellheim\t2\t48.1\t13.8\t4\n")
    assert main([str(source)]) == 0
    assert "1 Orte, 1 Postleitzahlen" in capsys.readouterr().out
    place = Reader.load().read("Noch ein Stuhl frei in Oberquellheim").places[0]
    assert (place.name, place.country) == ("Quellheim-Oberquellheim", "AT")
    source.write_text("AT\t4699\n")
    assert main([str(source)]) == 2
    assert "XX.txt, line" in capsys.readouterr().err


@pytest.mark.parametrize(
    "written", ["Großenhain an der Röder", "grossenhain AN DER röder", "Grossenhain  an der Röder"]
)
def test_a_town_is_named_in_full_however_it_is_spelt(written: str) -> None:
    assert in_full(written, "Großenhain") == "Großenhain an der Röder"
    assert in_full("Großenhain", "Großenhain") == in_full("Großenhain Mitte", "Großenhain") == "Großenhain"


def test_who_names_the_town_they_are_from_is_marked_without_the_comma(reader: Reader) -> None:
    assert [place.text for place in reader.read("Kölner, 49, sucht Anschluss").places] == ["Kölner"]
