"""One's own account: password, authenticator, recovery codes, other devices; and the console's frame."""

import re
from datetime import timedelta

import pyotp
import pytest
from flask import Flask

from forum import clock
from forum.accounts import console
from forum.accounts.rules import badge_of, check_change, is_code, roles_of, text_of
from forum.accounts.types import Role
from forum.credentials import sessions
from forum.errors import Refused
from forum.web.spreadsheets import cell
from tests.accounts.staff import PASSWORD, code_at, enter, hire, login_of, sign_in
from tests.pages import BASE, Visitor

FRESH = "べつの ながい ひみつのことば"


def test_a_new_password_ends_all_other_devices(app: Flask) -> None:
    staff_id = hire(app, Role.MODERATOR, password=True)
    here, there = enter(app, staff_id), enter(app, staff_id)
    here.get("/staff/account")
    assert (
        "いまのパスワードが"
        in here.submit("old", 422, old="ちがう ことばを ためす", new=FRESH, again=FRESH).text
    )
    assert "同じではありません" in here.submit("old", 422, old=PASSWORD, new=FRESH, again="x").text
    here.submit("old", old=PASSWORD, new=FRESH, again=FRESH)
    here.get("/staff")
    assert there.client.get("/staff", base_url=BASE).status_code == 303
    visitor = Visitor(app)
    visitor.get("/staff/sign-in")
    name = login_of(app, staff_id)
    visitor.submit("login", follow=False, status=303, login=name, password=FRESH, code=code_at())


def test_devices_are_listed_and_ended_one_by_one_or_all(app: Flask) -> None:
    staff_id = hire(app, Role.MODERATOR)
    here, second, third = (enter(app, staff_id) for _ in range(3))
    page = here.get("/staff/account")
    assert page.text.count("Firefox / Windows") >= 3 and page.text.count("この端末") == 1
    one = re.findall(r"/staff/account/sessions/\w{10}", page.html)[0]
    here.submit(one)
    gone = [b.client.get("/staff", base_url=BASE).status_code for b in (second, third)]
    assert sorted(gone) == [200, 303]
    here.submit("すべてサインアウト")
    assert {b.client.get("/staff", base_url=BASE).status_code for b in (second, third)} == {303}
    here.get("/staff")


def test_another_authenticator_takes_over_with_its_first_code(app: Flask) -> None:
    staff_id = hire(app, Role.LEAD, password=True)
    here, there = enter(app, staff_id), enter(app, staff_id)
    here.get("/staff/account")
    page = here.submit("認証アプリの機器を変える")
    secret = re.findall(r"<code translate=\"no\">([A-Z2-7 ]+)</code>", page.html)[0].replace(" ", "")
    here.submit("code", 422, code="000000")
    here.submit("code", code=pyotp.TOTP(secret).at(clock.now()))
    assert there.client.get("/staff", base_url=BASE).status_code == 303
    with clock.turned_to(clock.now() + timedelta(minutes=1)):
        visitor, name = Visitor(app), login_of(app, staff_id)
        visitor.get("/staff/sign-in")
        visitor.submit("login", 422, login=name, password=PASSWORD, code=code_at())
        code = pyotp.TOTP(secret).at(clock.now())
        visitor.submit("login", follow=False, status=303, login=name, password=PASSWORD, code=code)


def test_new_recovery_codes_take_the_place_of_the_old(app: Flask) -> None:
    staff_id = hire(app, Role.LEAD, password=True)
    here = enter(app, staff_id)
    here.get("/staff/account")
    first = re.findall(r"<code>([a-z2-9-]{19})</code>", here.submit("新しい予備のコード").html)
    second = re.findall(r"<code>([a-z2-9-]{19})</code>", here.submit("新しい予備のコード").html)
    assert len(second) == 8 and not set(first) & set(second)
    for code, status in ((first[0], 422), (second[0], 303)):
        visitor = Visitor(app)
        visitor.get("/staff/sign-in")
        name = login_of(app, staff_id)
        visitor.submit("login", status, follow=False, login=name, password=PASSWORD, code=code)


@pytest.mark.parametrize("button", ["新しい予備のコード", "認証アプリの機器を変える"])
def test_without_a_fresh_code_nothing_of_the_second_factor_is_shown(app: Flask, button: str) -> None:
    here = sign_in(app, Role.LEAD, stepped_up=False)
    here.get("/staff/account")
    page = here.submit(button)
    assert "もう一度、たしかめます" in page.heading
    assert here.submit("code", code=code_at()).url == "/staff/account"


def test_a_fresh_code_counts_for_ten_minutes(app: Flask) -> None:
    now = clock.now()
    with clock.turned_to(now):
        here = sign_in(app, Role.LEAD)
        here.get("/staff/account")
    with clock.turned_to(now + sessions.STEP_UP):
        assert "たしかめます" in here.submit("新しい予備のコード").heading


def test_guessing_a_fresh_code_is_slow(app: Flask) -> None:
    here = sign_in(app, Role.ADMIN, stepped_up=False)
    here.get("/staff/step-up")
    for _ in range(3):
        here.submit("code", 422, code="000000")
    assert "お待ちください" in here.submit("code", 429, code=code_at()).text


def test_the_neutral_page_says_nothing_and_needs_no_script(app: Flask) -> None:
    here = sign_in(app, Role.MODERATOR, name="西川")
    here.get("/staff")
    page = here.click("画面を隠す")
    assert page.heading == "メモ" and "西川" not in page.html and page.title == "メモ"
    assert "西川" in here.click("もどる").text


def test_everybody_sees_their_own_pages_with_what_waits_there(app: Flask) -> None:
    console.register("ためしの列", "accounts.note", (Role.EDITOR,), lambda: 7)
    console.register("ないページ", "nowhere.at_all", (Role.EDITOR,))
    try:
        editor = sign_in(app, Role.EDITOR).get("/staff")
        assert "ためしの列" in editor.text and "7件" in editor.text and "ないページ" not in editor.text
        assert "ためしの列" not in sign_in(app, Role.LEAD).get("/staff").text
    finally:
        for endpoint in ("accounts.note", "nowhere.at_all"):
            del console.ENTRIES[endpoint]


def test_roles_are_kept_in_one_order_and_unknown_ones_give_nothing() -> None:
    assert text_of([Role.LEAD, Role.MODERATOR]) == "moderator lead"
    assert roles_of("lead king moderator") == {Role.LEAD, Role.MODERATOR} and roles_of("") == frozenset()


def test_only_who_answers_for_the_city_has_a_badge() -> None:
    officer, both = frozenset({Role.CITY_OFFICER}), frozenset({Role.CITY_OFFICER, Role.LEAD})
    assert badge_of(officer, nurse=False) == "市の担当" and badge_of(both, nurse=True) == "保健師"
    assert badge_of(frozenset({Role.MODERATOR}), nurse=True) == ""


def test_small_rules() -> None:
    check_change(1, 2)
    check_change(None, 2)
    with pytest.raises(Refused, match="not_oneself"):
        check_change(2, 2)
    assert is_code("thread-1 a:b/c") and not is_code("こまった") and not is_code("x" * 61)
    dangerous = ["=1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", "  =1"]
    assert [cell(one) for one in dangerous] == [f"'{one}" for one in dangerous]
    assert [cell(one) for one in (None, 3, "ふつう")] == ["", 3, "ふつう"]
