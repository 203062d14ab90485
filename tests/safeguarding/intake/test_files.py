"""Photos and papers: drawn anew, checked by what they are, kept in memory, and never a danger to the text."""

import io
import tempfile
import zipfile
import zlib

import pytest
from flask import Flask, Request
from PIL import Image
from werkzeug.test import EnvironBuilder

from forum.safeguarding.intake import rules, uploads
from forum.safeguarding.vault import opening, queries
from forum.safeguarding.vault.content import Upload
from tests.pages import BASE, OURS, Page, Visitor, form_fields
from tests.safeguarding.intake.conftest import Inside
from tests.safeguarding.intake.people import comes_back, sends

CAPTION = "玄関の前の写真"


def photo(size: tuple[int, int] = (640, 480), kind: str = "JPEG", mode: str = "RGB") -> bytes:
    """A photo that tells where it was taken and who owns the camera."""
    picture = Image.effect_noise(size, 90).convert(mode)
    exif = Image.Exif()
    exif[0x010F], exif[0x9286], exif[0x0112] = "SECRETPHONE", "SECRETNOTE", 6  # maker, comment, turned
    exif.get_ifd(0x8825)[2] = (35.0, 0.0, 0.0)
    out = io.BytesIO()
    picture.save(out, kind, exif=exif)
    return out.getvalue()


def pdf(*objects: bytes) -> bytes:
    return (
        b"%PDF-1.7\n"
        + b"\n".join(b"%d 0 obj\n%s\nendobj" % pair for pair in enumerate(objects, 1))
        + b"\n%%EOF"
    )


def packed(inner: bytes) -> bytes:
    data = zlib.compress(inner)
    return b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (
        len(data),
        data,
    )


@pytest.fixture
def returned(intake_app: Flask, neighbour: Visitor) -> Visitor:
    return comes_back(intake_app, " ".join(sends(neighbour)))


def brings(person: Visitor, *files: tuple[bytes, str], status: int = 200, caption: str = CAPTION) -> Page:
    given = [(io.BytesIO(data), name) for data, name in files]
    return person.submit("files", status=status, caption=caption, files=given)


def kept(inside: Inside) -> list[Upload]:
    report = inside.reports()[0]
    with inside.app.app_context():
        found = []
        for message in queries.messages_of(report.id):
            for position in message.files:
                data = queries.attachment(report.id, position, message.once)
                assert data is not None
                found.append(opening.open_message_file(inside.desk.ring, message, position, data))
        return found


def test_a_photo_is_turned_upright_and_loses_what_it_tells_of_its_owner(
    returned: Visitor, inside: Inside
) -> None:
    data = photo()
    assert b"SECRETPHONE" in data
    page = brings(returned, (data, "山田太郎のIMG_0001.jpg"))
    assert "1つ、届きました" in page.text
    (found,) = kept(inside)
    assert found.media_type == "image/jpeg" and found.name == "写真1.jpg"
    assert b"SECRET" not in found.data and b"Exif" not in found.data
    with Image.open(io.BytesIO(found.data)) as picture:
        assert picture.size == (480, 640) and not picture.getexif()
    assert [one.text() for one in inside.added(inside.reports()[0].id)] == [CAPTION]


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "RGBA"), ("PNG", "L"), ("WEBP", "RGB"), ("JPEG", "L")])
def test_other_kinds_of_pictures_are_taken(returned: Visitor, inside: Inside, kind: str, mode: str) -> None:
    brings(returned, (photo((60, 40), kind, mode), "x"))
    (found,) = kept(inside)
    with Image.open(io.BytesIO(found.data)) as picture:
        assert picture.format == "JPEG"


def test_a_large_photo_never_touches_a_file(
    intake_app: Flask, returned: Visitor, inside: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spooled(*args: object, **kwargs: object) -> None:
        raise RuntimeError("spooled to a temporary file")

    for name in ("TemporaryFile", "SpooledTemporaryFile", "NamedTemporaryFile", "mkstemp"):
        monkeypatch.setattr(tempfile, name, spooled)
        monkeypatch.setattr(f"werkzeug.formparser.{name}", spooled, raising=False)
    data = photo((2600, 2000))
    data += b"\0" * (5 * 1024 * 1024 - len(data))
    before = returned.page
    brings(returned, (data, "big.jpg"))
    assert len(kept(inside)) == 1
    monkeypatch.setattr(intake_app, "request_class", Request)  # the usual one would have spooled it
    returned.page = before
    with pytest.raises(RuntimeError, match="spooled"):
        brings(returned, (data, "big.jpg"))


def test_papers_are_kept_as_they_are_and_named_anew(returned: Visitor, inside: Inside) -> None:
    brings(returned, (pdf(b"<< /Type /Catalog >>"), "a.pdf"), ("日付 11月20日".encode("cp932"), "メモ.txt"))
    first, second = kept(inside)
    assert (first.name, first.media_type) == ("書類1.pdf", "application/pdf")
    assert (second.name, second.data.decode()) == ("文書2.txt", "日付 11月20日")


@pytest.mark.parametrize(
    "objects",
    [
        (b"<< /S /JavaScript /JS (app.alert(1)) >>",),
        (b"<< /S /J#61vaScript /J#53 (app.alert(1)) >>",),
        (packed(b"1 0 << /S /JavaScript /JS (x) >>"),),
        (packed(b"\0" * 20_000_000),),
        (b"<< /Type /ObjStm /Filter /LZWDecode >>\nstream\nxxxx\nendstream",),
        (b"<< /Encrypt 5 0 R >>",),
        (b"<< /Type /EmbeddedFile >>",),
    ],
    ids=["script", "escaped", "packed", "bomb", "unreadable", "locked", "inside"],
)
def test_a_paper_that_may_act_by_itself_is_kept_sealed_and_marked(
    returned: Visitor, inside: Inside, objects: tuple[bytes, ...]
) -> None:
    brings(returned, (pdf(*objects), "a.pdf"))
    (found,) = kept(inside)
    assert uploads.ACTIVE_MARK in found.name


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("0", b"\0" * 50_000_000)
    return out.getvalue()


def huge(kind: str, size: tuple[int, int]) -> bytes:
    out = io.BytesIO()
    Image.new("1" if kind == "PNG" else "L", size).save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"MZ\x90\x00" + b"\0" * 100, "photo.jpg", "受け取れない種類"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>\x00", "photo.png", "受け取れない種類"),
        (bomb(), "photos.zip", "受け取れない種類"),
        (b"\xff\xd8\xff\xe0" + b"junk" * 50, "photo.jpg", "写真として読めませんでした"),
        (photo()[:5_000], "half.jpg", "写真として読めませんでした"),
        (huge("PNG", (10_000, 10_000)), "huge.png", "点の数が多すぎる"),
        (huge("JPEG", (12_000, 9_000)), "huge.jpg", "点の数が多すぎる"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0\1\0\0\0\1\0\0\x08\2\0\0\0" + b"\0" * 20, "x.png", "写真"),
        (b"\0" * (uploads.FILE_BYTES_MAX + 1), "long.jpg", "大きすぎます"),
        (b"", "empty.jpg", "空でした"),
    ],
    ids=["program", "svg", "zip", "junk", "half", "png100", "jpeg100", "head", "long", "empty"],
)
def test_a_file_that_cannot_be_taken_says_why_and_the_words_stay(
    returned: Visitor, inside: Inside, data: bytes, name: str, sentence: str
) -> None:
    page = brings(returned, (data, name), status=422)
    assert sentence in page.text and CAPTION in page.html
    assert kept(inside) == [] and inside.added(inside.reports()[0].id) == []


def test_too_many_or_none_say_so(returned: Visitor, inside: Inside) -> None:
    small = photo((20, 20))
    assert "3つまで" in brings(returned, *[(small, "a.jpg")] * 4, status=422).text
    assert "えらんでください" in returned.submit("files", status=422, caption=CAPTION).text
    assert kept(inside) == []


def test_a_body_beyond_all_limits_is_refused_with_a_sentence(returned: Visitor) -> None:
    page = brings(returned, (b"\0" * (25 * 1024 * 1024), "film.mp4"), status=413)
    assert "届いていません（1つ7MBまで）" in page.text and "前に送った文は届いています" in page.text
    returned.post("/", {"text": "あ" * 5_000_000}, status=413)


def test_an_upload_that_breaks_off_leaves_nothing(
    intake_app: Flask, returned: Visitor, inside: Inside
) -> None:
    assert returned.page is not None
    fields = dict(form_fields(returned.page.form("files")))
    builder = EnvironBuilder(
        path="/files",
        base_url=BASE,
        method="POST",
        headers=OURS,
        data={**fields, "files": (io.BytesIO(photo((900, 900))), "a.jpg")},
    )
    environ = builder.get_environ()
    whole = environ["wsgi.input"].read()
    environ["wsgi.input"] = io.BytesIO(whole[: len(whole) // 2])  # the line went dead
    response = returned.client.open(environ)
    assert response.status_code in (400, 422)
    assert kept(inside) == []


def test_under_a_flood_and_on_a_full_disk_files_wait_and_text_is_taken(
    intake_app: Flask, returned: Visitor, inside: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = returned.page
    monkeypatch.setattr(uploads, "DISK_RESERVE", 1 << 60)
    page = brings(returned, (photo((20, 20)), "a.jpg"), status=503)
    assert "いまは、写真と書類を受け取れません" in page.text
    assert "いまは、写真と書類を受け取れません" in returned.submit("質問への答え", text="文です").text
    monkeypatch.undo()
    for _ in range(rules.FLOOD_FROM):
        intake_app.extensions["counters"].letters.add("192.0.2.1")
    returned.page = before
    brings(returned, (photo((20, 20)), "a.jpg"), status=503)
    assert "届きました" in returned.submit("質問への答え", text="文は送れます").text
    assert [one.text() for one in inside.added(inside.reports()[0].id)] == ["文です", "文は送れます"]
    assert kept(inside) == []
