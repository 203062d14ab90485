"""Files that come with a report: looked at once, in memory, before they are sealed.

A picture is drawn anew without its metadata (place, device, owner, preview). Anything else must be what
it says it is. Names of files are dropped: they tell of their owner.
"""

import io
import re
import shutil
import warnings
import zlib
from collections.abc import Sequence
from pathlib import Path
from threading import Lock

from PIL import Image, ImageOps, UnidentifiedImageError
from werkzeug.datastructures import FileStorage

from forum.errors import Refused
from forum.safeguarding.vault.content import Upload

FILES_MAX = 3
FILE_BYTES_MAX = 7 * 1024 * 1024  # a telephone's photo has 3 to 6 MB; three of them fit into one request
DISK_RESERVE = 1024**3  # bytes left for words: below it no files are taken, so that text always is
# A telephone's largest usual photo has 50 million dots. JPEG is read at a fraction of its size; others whole.
JPEG_PIXELS_MAX = 52_000_000
OTHER_PIXELS_MAX = 25_000_000
LONG_SIDE = 3_000  # dots of what is kept: enough to see a mark on the skin
JPEG_QUALITY = 88
FORMATS = ("JPEG", "PNG", "WEBP")
ACCEPT = "image/jpeg,image/png,image/webp,application/pdf,text/plain"
ACTIVE_MARK = "（中で動くしかけがあるかもしれない）"

_ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData)\b")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
# Actions stand in objects; objects stand open, or packed in object streams.
_PACKED_OBJECTS = re.compile(rb"/ObjStm\b.{0,400}?stream\r?\n", re.DOTALL)
_INFLATED_MAX = 4 * 1024 * 1024  # of all packed objects together: a bomb stops here, and is marked
_TEXT_BYTES_MAX = 200_000
# Pillow itself refuses, at the head of a file, what has more than twice this many dots.
Image.MAX_IMAGE_PIXELS = JPEG_PIXELS_MAX // 2
warnings.filterwarnings("ignore", category=Image.DecompressionBombWarning)
_one_picture = Lock()  # drawing takes up to 200 MB; two at a time could take the letterbox down


def room_for_files(folder: Path) -> bool:
    """True while the disk holds more than its reserve."""
    return shutil.disk_usage(folder).free > DISK_RESERVE


def checked(given: Sequence[FileStorage]) -> tuple[Upload, ...]:
    """The files, as they may be sealed.

    Raises Refused("files", sentence=...) with a sentence for whoever sent them; then none is taken.
    """
    files = [file for file in given if file.filename]
    if len(files) > FILES_MAX:
        raise _no(f"一度に送れるのは{FILES_MAX}つまでです。残りは、このあとで もう一度送れます。")
    return tuple(_checked(file, number) for number, file in enumerate(files, 1))


def _checked(file: FileStorage, number: int) -> Upload:
    which = f"{number}つめのファイル"
    data = file.stream.read()
    if getattr(file.stream, "too_large", False) or len(data) > FILE_BYTES_MAX:
        raise _no(f"{which}が大きすぎます（1つ {FILE_BYTES_MAX // 1024**2}MB まで）。")
    if not data:
        raise _no(f"{which}は空でした。")
    if data.startswith(b"%PDF-"):
        mark = ACTIVE_MARK if is_active_pdf(data) else ""
        return Upload(f"書類{number}{mark}.pdf", "application/pdf", data)
    if data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or data[8:12] == b"WEBP":
        return Upload(f"写真{number}.jpg", "image/jpeg", redrawn(data, which))
    return Upload(f"文書{number}.txt", "text/plain", _plain_text(data, which))


def redrawn(data: bytes, which: str = "写真") -> bytes:
    """A picture as a fresh JPEG: turned upright, without metadata. Raises Refused("files")."""
    try:
        with _one_picture, Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            _check_pixels(picture, which)  # known from the head alone, before anything is unpacked
            picture.draft("RGB", (LONG_SIDE, LONG_SIDE))
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((LONG_SIDE, LONG_SIDE))
            out = io.BytesIO()
            _on_white(upright).save(out, "JPEG", quality=JPEG_QUALITY)
            return out.getvalue()
    except Image.DecompressionBombError:
        raise _too_many_dots(which) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, ArithmeticError):
        raise _no(f"{which}は、写真として読めませんでした。別の写真にするか、とり直してください。") from None


def _check_pixels(picture: Image.Image, which: str) -> None:
    most = JPEG_PIXELS_MAX if picture.format in ("JPEG", "MPO") else OTHER_PIXELS_MAX
    if picture.width * picture.height > most:
        raise _too_many_dots(which)


def _on_white(picture: Image.Image) -> Image.Image:
    """Without transparency. A fresh picture carries nothing over but its dots."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        plain = Image.new("RGB", picture.size, "white")
        plain.paste(layer, mask=layer.getchannel("A"))
        return plain
    plain = Image.new("RGB", picture.size)
    plain.paste(picture.convert("RGB"))
    return plain


def is_active_pdf(data: bytes) -> bool:
    """True if a PDF could do something by itself, or if that cannot be seen (packed too deep, locked)."""
    if b"/Encrypt" in data or _says_active(data):
        return True
    left = _INFLATED_MAX
    for found in _PACKED_OBJECTS.finditer(data):
        try:
            inner = zlib.decompressobj().decompress(data[found.end() :], left)
        except zlib.error:
            return True
        left -= len(inner)
        if _says_active(inner) or left <= 0:
            return True
    return False


def _says_active(data: bytes) -> bool:
    return bool(_ACTIVE.search(_ESCAPED.sub(lambda hit: bytes([int(hit[1], 16)]), data)))


def _plain_text(data: bytes, which: str) -> bytes:
    """Text in any usual encoding as UTF-8. Raises Refused("files") for anything else."""
    for encoding in ("utf-8-sig", "cp932"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if len(data) <= _TEXT_BYTES_MAX and not re.search(r"[\x00-\x08\x0e-\x1f]", text):
            return text.encode()
    raise _no(
        f"{which}は受け取れない種類です。送れるのは、写真（JPEG・PNG・WebP）、PDF、文字だけのファイルです。"
    )


def _too_many_dots(which: str) -> Refused:
    return _no(
        f"{which}は、点の数が多すぎる写真です。小さくするか、画面の写し（スクリーンショット）を送ってください。"
    )


def _no(sentence: str) -> Refused:
    return Refused("files", sentence=sentence)
