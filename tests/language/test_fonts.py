"""The font of the papers: it is what it says, and what it lacks is seen, never blank."""

import hashlib
import io
import tomllib

import pytest
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from forum.language import fonts


def test_the_vendored_files_are_those_of_the_manifest_and_carry_their_licence() -> None:
    folder = fonts.font_path().parent
    listed = tomllib.loads((folder / "MANIFEST.toml").read_text(encoding="utf-8"))["file"]
    for entry in listed:
        assert hashlib.sha256((folder / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]
        assert (folder / entry["licence_file"]).is_file() and entry["version"]
    assert {p.name for p in folder.iterdir()} == {entry["file"] for entry in listed} | {"MANIFEST.toml"}
    assert "SIL OPEN FONT LICENSE Version 1.1" in (folder / "OFL.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text", ["髙橋・渡邊・渡邉・山﨑・辺", "ヴァ ｶﾞ ①㈱㋿ №℡", "0123 ABC (110)〜―", "一行\n二行", ""]
)
def test_names_and_signs_of_everyday_are_there(text: str) -> None:
    assert fonts.missing_glyphs(text) == []
    assert fonts.printable(text) == (text, [])


@pytest.mark.parametrize(
    ("text", "printed", "missing"),
    [
        ("𠮷野家、𠮷", "〓野家、〓", ["𠮷"]),
        ("龘さん😀", "〓さん〓", ["龘", "😀"]),
        ("葛\U000e0100城市", "葛城市", ["葛\U000e0100"]),
        ("か\u3099", "が", []),
        ("한국", "〓〓", ["한", "국"]),
        ("a\tb\x00", "a〓b〓", ["\t", "\x00"]),
    ],
)
def test_what_is_missing_prints_as_a_mark_and_is_listed(text: str, printed: str, missing: list[str]) -> None:
    assert fonts.printable(text) == (printed, missing)
    assert fonts.missing_glyphs(text) == missing


def test_a_paper_carries_the_letters_themselves() -> None:
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.setFont(fonts.register(), 12)
    canvas.drawString(50, 700, fonts.printable("髙橋みお 𠮷")[0])
    canvas.save()
    (page,) = PdfReader(out).pages
    assert "髙橋みお 〓" in page.extract_text()
