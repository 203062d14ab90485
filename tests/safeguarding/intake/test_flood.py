"""Many at once: every letter is taken; what comes in bursts from one place stands behind others."""

import pytest
from flask import Flask
from nacl.pwhash import argon2id

from forum.safeguarding.intake import rules
from tests.pages import BASE, OURS, Visitor, form_fields
from tests.safeguarding.intake.conftest import Inside

SCHOOL = {"REMOTE_ADDR": "192.0.2.10"}


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words of the least cost: three hundred of the usual cost would take a minute."""
    monkeypatch.setattr(argon2id, "MEMLIMIT_INTERACTIVE", argon2id.MEMLIMIT_MIN)
    monkeypatch.setattr(argon2id, "OPSLIMIT_INTERACTIVE", argon2id.OPSLIMIT_MIN)


def letter(app: Flask, text: str, address: dict[str, str]) -> int:
    client = app.test_client()
    page = Visitor(app)
    page.client = client
    page.get("/")
    assert page.page is not None
    fields = {**form_fields(page.page.form("text")), "text": text}
    return client.post("/", base_url=BASE, data=fields, headers=OURS, environ_overrides=address).status_code


@pytest.mark.usefixtures("quick")
def test_three_hundred_from_one_school_are_all_taken_and_a_neighbour_stands_before_them(
    intake_app: Flask, inside: Inside
) -> None:
    number = 300
    answers = {letter(intake_app, f"こわいです {n}", SCHOOL) for n in range(number)}
    assert answers == {200}
    assert letter(intake_app, "となりの声", {"REMOTE_ADDR": "198.51.100.4"}) == 200
    reports = inside.reports()
    assert len(reports) == number + 1
    ranks = [report.burst for report in reports]
    first, most = rules.BURST_STEPS[0], len(rules.BURST_STEPS)
    assert ranks[:first] == [0] * first and ranks[number - 1] == most
    assert ranks[number] == 0, "somebody else does not wait behind them"
    with intake_app.app_context():
        assert b"192.0.2.10" not in repr([vars(report) for report in reports]).encode()


@pytest.mark.usefixtures("quick")
def test_while_many_come_photos_wait_and_the_page_says_so(intake_app: Flask, neighbour: Visitor) -> None:
    for n in range(rules.FLOOD_FROM):
        intake_app.extensions["counters"].letters.add(f"10.1.1.{n}")
    neighbour.get("/")
    assert neighbour.submit("text", text="となりの声").heading == "届きました"
    neighbour.submit("words", button=("step", "skip"))
    page = neighbour.submit("child_age")
    assert "いまは、写真と書類を受け取れません。文は、いつでも送れます。" in page.text
    assert not page.root.all("input", type="file")
