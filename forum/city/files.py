"""Bytes to text: what an editor or a spreadsheet may have done to a file."""

import re
from pathlib import Path

from forum.city.faults import Faults

UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufffd]")
BOM = b"\xef\xbb\xbf"


def read_text(path: Path, faults: Faults) -> str | None:
    """The text of a UTF-8 file; None, with a fault, when it is missing, empty or not readable."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        faults.add(path.name, 1, "ファイルがありません。")
        return None
    except OSError:
        faults.add(path.name, 1, "ファイルを開けません。")
        return None
    if raw.startswith(BOM):
        faults.add(path.name, 1, "先頭に見えない印（BOM）があります。BOMなしのUTF-8で保存してください。")
        raw = raw[len(BOM) :]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        faults.add(path.name, line, f"文字コードがUTF-8ではありません{_guess(raw)}。保存しなおしてください。")
        return None
    if not text.strip():
        faults.add(path.name, 1, "ファイルが空です。")
        return None
    for line, content in enumerate(text.split("\n"), start=1):
        if UNREADABLE.search(content):
            faults.add(path.name, line, "読めない文字（制御文字や文字化け）があります。")
    return text


def _guess(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "（UTF-16のようです）"
    try:
        raw.decode("cp932")
    except UnicodeDecodeError:
        return ""
    return "（Shift_JISのようです）"
