"""A worker prints, asks a colleague, and hands a case over."""

from base64 import b64encode
from collections.abc import Iterator

import pytest
from flask import Flask
from nacl.public import PrivateKey

from forum import clock
from forum.safeguarding.paper import handover
from forum.safeguarding.policy import Policy
from forum.safeguarding.vault.content import Content, Paragraph
from forum.safeguarding.vault.db import vault_db
from tests.pages import BASE, OURS, Visitor, form_fields
from tests.safeguarding.cases.scene import FRIDAY, Scene
from tests.safeguarding.conftest import Desk
from tests.safeguarding.desk import sign_in
from tests.safeguarding.paper.conftest import words


@pytest.fixture
def case_id(desk_app: Flask, policy: Policy, desk: Desk) -> Iterator[str]:
    with clock.turned_to(FRIDAY):
        with desk_app.app_context():
            told = Content((Paragraph("いえに かえりたくない"),), child_wrote=True)
            made = Scene(desk_app, policy, desk).arrives(told)
            vault_db.session.remove()
        yield made


@pytest.fixture
def tanaka(desk_app: Flask, case_id: str) -> Visitor:
    return sign_in(Visitor(desk_app), name="田中")


def printed(who: Visitor, kind: str, **more: str) -> bytes:
    """Press the button of a paper on the page that is open."""
    assert who.page is not None
    form = who.page.form(f"/print/{kind}")
    data = {**form_fields(form), **more}
    answer = who.client.post(form.attributes["action"], base_url=BASE, data=data, headers=OURS)
    assert answer.status_code == 200 and answer.mimetype == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.data


def test_three_papers_at_a_press(tanaka: Visitor, case_id: str) -> None:
    tanaka.get(f"/cases/{case_id}/papers")
    for kind, heading in (("reception", "受付票"), ("transfer", "送致書"), ("visit", "お手伝いに来ました")):
        said = words(printed(tanaka, kind))
        assert heading in said and "田中" in said and case_id in said and "かえりたくない" not in said


def test_a_colleague_agrees(desk_app: Flask, tanaka: Visitor, case_id: str) -> None:
    tanaka.get(f"/cases/{case_id}/papers")
    page = tanaka.submit("reason", 422, kind="transfer", reason="")
    assert "わけを書いてください" in page.text
    page = tanaka.submit("reason", kind="transfer", reason="児相が読むため")
    assert "もう一人の返事を待っています" in page.text and "児相が読むため" not in page.text
    suzuki = sign_in(Visitor(desk_app), name="鈴木")
    assert "児相が読むため" not in suzuki.get(f"/cases/{case_id}/papers").text
    assert "児相が読むため" in suzuki.submit("頼まれたわけをひらく").text
    page = suzuki.submit("同意する", button=("answer", "agree"))
    assert "鈴木さんが同意しました" in page.text
    tanaka.get(f"/cases/{case_id}/papers")
    assert "いえにかえりたくない" in words(printed(tanaka, "transfer", child_text="y"))
    page = tanaka.get(f"/cases/{case_id}/papers")
    assert "使いました" in page.text


def test_the_box_needs_the_letters_from_the_telephone(tanaka: Visitor, case_id: str) -> None:
    key = PrivateKey.generate()
    public = b64encode(bytes(key.public_key)).decode()
    tanaka.get(f"/cases/{case_id}/papers")
    page = tanaka.submit("tally", 422, key=public, tally="AAAAAAAA")
    assert "合い札が公開鍵と合いません" in page.text and public in page.html
    page = tanaka.submit("tally", 422, key="こわれた鍵", tally="AAAAAAAA")
    assert "公開鍵として読めません" in page.text
    form = page.form("tally")
    data = {
        **form_fields(form),
        "key": public,
        "tally": handover.tally(bytes(key.public_key)).lower(),
    }
    answer = tanaka.client.post(form.attributes["action"], base_url=BASE, data=data, headers=OURS)
    assert answer.status_code == 200
    assert "case.json" in handover.opened(bytes(key), answer.data)


def test_others_see_no_papers(desk_app: Flask, case_id: str) -> None:
    kato = sign_in(Visitor(desk_app), groups=("school",), name="加藤")
    kato.get(f"/cases/{case_id}/papers", 404)
    assert Visitor(desk_app).client.get(f"/cases/{case_id}/papers", base_url=BASE).status_code == 303
