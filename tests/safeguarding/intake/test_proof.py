"""A proof that something was taken, for whoever asks; it tells nothing of what, and cannot be changed."""

import base64
import hashlib
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from forum import clock
from forum.safeguarding.intake import proof
from tests.pages import SENSITIVE, Visitor
from tests.safeguarding.intake.conftest import Inside
from tests.safeguarding.intake.people import comes_back, sends

NIGHT = datetime(2026, 11, 20, 14, 30, tzinfo=UTC)
SEED, OTHER = bytes(range(32)), bytes(range(1, 33))


@pytest.fixture
def slip(intake_app: Flask, neighbour: Visitor) -> str:
    with clock.turned_to(NIGHT):
        words = " ".join(sends(neighbour))
    person = comes_back(intake_app, words)
    page = person.submit("precision", precision="minute")
    return page.root.all("textarea")[0].text().strip()


def test_nothing_like_a_proof_is_there_before_somebody_asks(neighbour: Visitor, inside: Inside) -> None:
    sends(neighbour)
    assert neighbour.page is not None
    assert "signature" not in neighbour.page.html and "receipt-v1" not in neighbour.page.html
    assert "signature" not in neighbour.submit("words", button=("step", "skip")).html


def test_the_slip_tells_time_city_and_a_hash_and_no_topic(slip: str, inside: Inside) -> None:
    lines = slip.splitlines()
    assert lines[:3] == ["receipt-v1", "office: 大津市", "received: 2026-11-20 23:30 +09:00"]
    assert lines[3] == f"sha256: {hashlib.sha256(inside.reports()[0].body).hexdigest()}"
    for word in (*SENSITIVE, "子ども", "相談", "安全"):
        assert word not in "\n".join(lines[:4]), "the rest is a signature, in which any letters may meet"


def test_the_day_alone_stands_on_it_unless_asked_otherwise(intake_app: Flask, neighbour: Visitor) -> None:
    person = comes_back(intake_app, " ".join(sends(neighbour)))
    page = person.submit("precision")
    (text,) = page.root.all("textarea")
    assert f"received: {clock.today()}\n" in text.text() and "+09:00" not in text.text()


def test_anybody_can_check_a_slip_and_a_changed_one_fails(neighbour: Visitor, slip: str) -> None:
    neighbour.get("/verify")
    assert "本物です" in neighbour.submit("slip", slip=f"\n  {slip}  \r\n").text
    tampered = (
        slip.replace("2026-11-20", "2026-11-19"),
        slip.replace("大津市", "草津市"),
        slip.replace("sha256: ", "sha256: 0"),
        slip[:-5] + "AAA==",
        slip.replace("receipt-v1", "receipt-v2"),
        "\n".join(slip.splitlines()[:4]),
        "ほんものです",
        "",
    )
    for text in tampered:
        assert "証明ではありません" in neighbour.submit("slip", slip=text).text, text


def test_a_slip_of_another_vault_fails() -> None:
    text = proof.make(SEED, "みなと市", NIGHT, b"\1" * 32, to_the_minute=False)
    assert proof.is_ours(text, proof.public_key(SEED))
    assert not proof.is_ours(text, proof.public_key(OTHER))


def test_it_can_be_checked_without_this_page(tmp_path: Path) -> None:
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("no openssl on this machine")
    lines = proof.make(SEED, "みなと市", NIGHT, b"\1" * 32, to_the_minute=True).splitlines()
    (tmp_path / "key.pem").write_text(proof.pem(proof.public_key(SEED)) + "\n")
    (tmp_path / "slip.sig").write_bytes(base64.b64decode(lines[-1].removeprefix("signature: ")))
    command = f"{program} pkeyutl -verify -pubin -inkey key.pem -rawin -in slip.txt -sigfile slip.sig".split()
    for text, good in (("\n".join(lines[:4]), True), ("\n".join(lines[:4]) + " ", False)):
        (tmp_path / "slip.txt").write_text(text, encoding="utf-8")
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
        assert (done.returncode == 0) is good, done.stderr


def test_the_proof_needs_the_words(neighbour: Visitor) -> None:
    neighbour.get("/")
    assert "もう一度、合言葉を" in neighbour.post("/slip", {"visit": "x"}, status=422).text
