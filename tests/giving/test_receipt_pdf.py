"""A receipt can be kept for ever: what PDF/A-3b (ISO 19005-3) asks of a file, as far as its structure shows it.

The whole standard was checked once with veraPDF, see docs/giving.md.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf
import pytest

from tests.giving.test_assigning import gift
from tests.giving.test_receipts import issue, recognised

pytestmark = pytest.mark.django_db
ACTIVE = {"/JavaScript", "/JS", "/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/Hide", "/SetOCGState"}


@pytest.fixture(params=[False, True], ids=["single", "yearly"])
def pdf(request: pytest.FixtureRequest) -> Iterator[pikepdf.Pdf]:
    recognised()
    gifts = [gift(1000), gift(2550)] if request.param else [gift(12_050)]
    with pikepdf.open(io.BytesIO(bytes(issue(*gifts, yearly=request.param).pdf))) as opened:
        yield opened


def dictionaries(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary | pikepdf.Stream)]


def test_it_says_what_it_is_and_which_colours_it_means(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as said:
        assert (said["pdfaid:part"], said["pdfaid:conformance"]) == ("3", "B")
    [intent] = pdf.Root.OutputIntents
    assert intent.S == "/GTS_PDFA1"
    assert intent.DestOutputProfile.read_bytes()[36:40] == b"acsp", "a colour profile is in the file"
    assert pdf.trailer.get("/ID") is not None
    assert not pdf.is_encrypted


def test_every_font_is_in_the_file(pdf: pikepdf.Pdf) -> None:
    described = [one for one in dictionaries(pdf) if one.get("/Type") == "/FontDescriptor"]
    assert described
    for one in described:
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(one.keys()), one.FontName
    fonts = [one for one in dictionaries(pdf) if one.get("/Type") == "/Font" and one.get("/Subtype") == "/Type0"]
    assert fonts
    assert all("/ToUnicode" in one for one in fonts), "its words can be searched and read aloud"


def test_nothing_in_it_acts_or_comes_from_elsewhere(pdf: pikepdf.Pdf) -> None:
    for one in dictionaries(pdf):
        assert one.get("/S") not in ACTIVE
        assert not {"/JS", "/OpenAction", "/AA", "/XFA"} & set(one.keys())
        assert not (isinstance(one, pikepdf.Stream) and "/F" in one), "no stream lies in another file"
