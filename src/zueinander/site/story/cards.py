"""The picture networks show beside a link: 1200 × 630, light enough for a thousand previews at once. Pure."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw, ImageFont

SIZE = (1200, 630)
MAX_BYTES = 100_000
_PAPER, _INK, _SOFT, _EMBER, _EVERGREEN = "#fbf7f0", "#2b2622", "#574d44", "#a63d22", "#22583f"
Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def share_card(*, title: str, line: str, foot: str, steps: float) -> bytes:
    """A PNG. `steps`: how near the two dots are, 0 to 1."""
    card = Image.new("RGB", SIZE, _PAPER)
    draw = ImageDraw.Draw(card)
    near = 60 + 130 * (1 - max(0.0, min(1.0, steps)))
    for middle, colour in ((300 - near, _EMBER), (300 + near, _EVERGREEN)):
        draw.ellipse((middle - 60, 60, middle + 60, 180), fill=colour)
    y = 225.0
    for size in (76, 64, 54, 46, 38):
        font = _font("DejaVuSerif-Bold.ttf", size)
        lines = _wrapped(draw, title, font, 1060)
        if len(lines) <= 3:
            break
    for text in lines[:4]:
        draw.text((70, y), text, fill=_INK, font=font)
        y += size * 1.2
    soft = _font("DejaVuSans.ttf", 34)
    for text in _wrapped(draw, line, soft, 1060)[: 2 if y < 430 else 1]:
        draw.text((70, y + 14), text, fill=_SOFT, font=soft)
        y += 46
    draw.text((70, 555), foot, fill=_EMBER, font=_font("DejaVuSans-Bold.ttf", 32))
    out = io.BytesIO()
    card.quantize(48, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def _font(name: str, size: int) -> Font:
    try:
        return ImageFont.truetype(name, size)
    except OSError:  # a machine without fonts-dejavu-core still gets a card
        return ImageFont.load_default(size)


def _wrapped(draw: ImageDraw.ImageDraw, text: str, font: Font, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if draw.textlength(longer, font=font) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
