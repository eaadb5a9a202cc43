"""An invented family, an invented book, and somebody who organises."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from zueinander.campaigns.models import Campaign
from zueinander.people.models import Role, Volunteer
from zueinander.shared.config import config
from zueinander.site.story import tree
from zueinander.story import actions
from zueinander.story.models import Fact, Story

ACTOR = "volunteer:1"
TEXTS = {
    "title": "Ein Buch für [[vater]]",
    "subtitle": "[[vater]] ist krank. Sein Roman kann der Familie helfen.",
    "appeal": "[[vater]] liegt im Krankenhaus: [[diagnose]].\n\nEr hat **einen Roman** geschrieben.",
    "need": "Drei Monate Miete.",
    "way": "Das Konto führt Ole Beispiel, er überweist jeden Freitag.",
    "organiser": "Ole Beispiel, Nachbar.",
    "binding": "Wir wohnen seit zehn Jahren Tür an Tür.",
    "surplus": "Mehr geht an die Klinik.",
}  # fmt: skip


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Published pages of a test lie in its own folder."""
    monkeypatch.setattr(config(), "data", tmp_path)
    monkeypatch.setattr(config(), "keys", config().key_folder)
    return tmp_path


@pytest.fixture
def campaign(db: None) -> Campaign:
    return Campaign.objects.create(
        slug="buch-fuer-balduin", name="Buch für Balduin", hashtags=["BuchFuerBalduin"], countries=["DE"],
        season_start=date(2026, 5, 1), season_end=date(2026, 12, 31),
    )  # fmt: skip


@pytest.fixture
def bo(db: None) -> Volunteer:
    return Volunteer.objects.create_user("bo@example.org", role=Role.COORDINATOR, name="Bo")


@pytest.fixture
def story(campaign: Campaign, bo: Volunteer, data: Path) -> Story:
    """Published; the father's name is agreed to, his illness is not."""
    made = actions.save_story(campaign, texts={"title": "Ein Buch"}, goal_cents=1_000_000, actor=ACTOR)
    name = add_fact(made, "vater", "Balduin", instead="ein Vater")
    add_fact(made, "diagnose", "Schlaganfall", instead="es ist ernst")
    actions.agree(name, given_by="Mutter der Kinder", how="am Telefon", covers_child=False, by=bo)
    made = actions.save_story(campaign, texts=TEXTS, goal_cents=1_000_000, actor=ACTOR)
    return actions.publish_story(made, actor=ACTOR)


def add_fact(story: Story, key: str, text: str, *, instead: str = "", child: bool = False) -> Fact:
    return actions.save_fact(
        story, key=key, label=key, text=text, instead=instead, about_child=child, actor=ACTOR
    )  # fmt: skip


def add_update(story: Story, title: str, text: str = "Es geht voran.") -> None:
    actions.publish_update(actions.write_update(story, title=title, text=text, actor=ACTOR), actor=ACTOR)


def photo(side: int = 1200, **extra: bytes) -> bytes:
    """A picture with a place and a camera in its EXIF."""
    picture = Image.effect_noise((side, side * 3 // 4), 40).convert("RGB")
    exif = Image.Exif()
    exif[0x010F] = "Geheimkamera"
    exif[0x9286] = "KOMMENTAR-DER-KAMERA"
    exif.get_ifd(0x8825)[2] = (52.0, 30.0, 0.0)
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif, comment=b"KOMMENTAR-DER-KAMERA", quality=90)
    return out.getvalue()


def everything(data: Path) -> str:
    """All published bytes of texts, in one."""
    root = tree.current(data / "public")
    assert root is not None
    kinds = (".html", ".json", ".xml")
    return "\n".join(p.read_text() for p in sorted(root.rglob("*")) if p.suffix in kinds)


@pytest.fixture
def published(data: Path) -> Callable[[], str]:
    return lambda: everything(data)
