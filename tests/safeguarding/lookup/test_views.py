"""「さがす」 at the desk."""

from collections.abc import Iterator
from itertools import count

import pytest
from flask import Flask

from forum import clock
from forum.safeguarding.lookup import service
from forum.safeguarding.policy import Policy
from forum.safeguarding.vault.db import vault_db
from tests.pages import Visitor
from tests.safeguarding.cases.scene import FRIDAY, Scene
from tests.safeguarding.conftest import Desk
from tests.safeguarding.desk import sign_in


@pytest.fixture
def case_id(desk_app: Flask, policy: Policy, desk: Desk) -> Iterator[str]:
    with clock.turned_to(FRIDAY):
        with desk_app.app_context():
            service.install(desk_app)
            made = Scene(desk_app, policy, desk).arrives("となりの渡邉さんの家から、さけび声がします")
            vault_db.session.remove()
        yield made


@pytest.fixture
def tanaka(desk_app: Flask, case_id: str) -> Visitor:
    return sign_in(Visitor(desk_app), name="田中")


def held(app: Flask) -> int:
    with app.app_context():
        return len(service.shelf().index)


def test_one_box_and_why(tanaka: Visitor, case_id: str) -> None:
    tanaka.get("/search")
    page = tanaka.submit("words", words="渡辺")
    assert page.url == "/search"  # words never stand in an address
    assert case_id in page.text and "名前（字体をそろえると同じ） 渡邉" in page.text
    assert f"/cases/{case_id}/work" in page.links()
    assert 'value="渡辺"' in page.html


def test_nothing_is_found_kindly(tanaka: Visitor) -> None:
    tanaka.get("/search")
    assert "見つかりませんでした" in tanaka.submit("words", words="いない人").text


@pytest.mark.parametrize("words", ["", "   ", "あ" * 101])
def test_bad_words_come_back_with_what_to_do(tanaka: Visitor, words: str) -> None:
    tanaka.get("/search")
    page = tanaka.submit("words", 422, words=words)
    assert "ここを直すと" in page.text


@pytest.mark.parametrize(
    "words", ["%", "'; DROP TABLE case;--", "\x00\u202e", "(((", "[あ", "0", "😀", "-" * 90]
)
def test_strange_words_find_nothing_and_break_nothing(tanaka: Visitor, words: str) -> None:
    tanaka.get("/search")
    tanaka.submit("words", words=words + "x")


def test_only_readers_search(desk_app: Flask, case_id: str) -> None:
    auditor = sign_in(Visitor(desk_app), role="auditor")
    assert auditor.client.get("/search", base_url="https://localhost").status_code in (303, 403)
    assert Visitor(desk_app).client.get("/search", base_url="https://localhost").status_code == 303


def test_signing_out_lets_go_at_once(desk_app: Flask, tanaka: Visitor) -> None:
    tanaka.get("/search")
    tanaka.submit("words", words="渡辺")
    assert held(desk_app) == 1
    tanaka.submit("サインアウト")
    assert held(desk_app) == 0


def test_the_page_of_a_case_knows_earlier_ones(
    desk_app: Flask, tanaka: Visitor, case_id: str, policy: Policy, desk: Desk
) -> None:
    with desk_app.app_context():
        scene = Scene(desk_app, policy, desk, count(10))
        again = scene.arrives("渡邉花子さんの家です。電話は09012345678です")
        third = scene.arrives("電話は090-1234-5678、何も聞こえません")
        vault_db.session.remove()
    tanaka.get(f"/cases/{third}/work")
    page = tanaka.submit("ひらく")
    assert "同じ電話番号：「09012345678」" in page.text and again in page.text
