"""Pictures made anew: pixels only, nothing the camera or an editor wrote beside them. Pure."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

LARGEST = 25_000_000  # pixels; more is refused before anything is decoded
LONG_SIDE = 1600
MAX_BYTES = 15 * 1024 * 1024
_FORMATS = ["JPEG", "PNG", "WEBP"]


class BadPicture(ValueError):  # noqa: N818
    """Not a picture we can take; a German sentence for whoever chose it."""


@dataclass(frozen=True, slots=True)
class Encoded:
    data: bytes
    width: int
    height: int


def reencode(data: bytes) -> Encoded:
    """A WebP of at most 1600 pixels a side, turned upright, without EXIF, GPS, comments, profiles or thumbnails."""
    if len(data) > MAX_BYTES:
        raise BadPicture("Das Bild ist größer als 15 MB. Bitte nimm ein kleineres.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
                if opened.width * opened.height > LARGEST:
                    raise BadPicture("Das Bild hat zu viele Bildpunkte. Bitte verkleinere es vorher.")
                upright = ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError, Warning) as wrong:
        if isinstance(wrong, BadPicture):
            raise
        raise BadPicture("Das können wir nicht als Bild lesen. Es gehen JPEG, PNG und WebP.") from wrong
    upright.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
    bare = Image.new("RGB", upright.size)
    bare.paste(upright)
    return Encoded(_webp(bare, 82), bare.width, bare.height)


def smaller(data: bytes, *, width: int, max_bytes: int) -> Encoded:
    """The picture at most so wide and so heavy, for the page itself."""
    with Image.open(io.BytesIO(data)) as opened:
        picture = opened.convert("RGB")
    picture.thumbnail((width, width * 2), Image.Resampling.LANCZOS)
    for quality in (76, 64, 52, 40, 28):
        made = _webp(picture, quality)
        if len(made) <= max_bytes:
            return Encoded(made, picture.width, picture.height)
    return smaller(data, width=round(width * 0.7), max_bytes=max_bytes)


def for_print(data: bytes) -> bytes:
    """A JPEG of the picture, as PDF carries it without unpacking."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(data)) as opened:
        picture = opened.convert("RGB")
    picture.thumbnail((1200, 1200), Image.Resampling.LANCZOS)
    picture.save(out, "JPEG", quality=72, optimize=True)
    return out.getvalue()


def _webp(picture: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=quality, method=4, exif=b"", icc_profile=b"", xmp=b"")
    return out.getvalue()
