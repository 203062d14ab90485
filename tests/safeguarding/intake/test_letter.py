"""One line to the city: two page loads, sealed, with words to come back."""

import re
from datetime import UTC, datetime

import pytest
from flask import Flask

from forum import clock
from forum.safeguarding.intake.forms import tidy
from tests.pages import BASE, OURS, Visitor, form_fields
from tests.safeguarding.intake.conftest import Inside
from tests.safeguarding.intake.people import LINE, words_on

SUNDAY_NIGHT = datetime(2026, 11, 22, 13, 0, tzinfo=UTC)  # 22 o'clock in Japan; Monday is a holiday
MONDAY_MORNING = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)


def test_one_line_is_sent_in_two_page_loads(neighbour: Visitor, inside: Inside) -> None:
    neighbour.get("/")
    page = neighbour.submit("text", text=LINE, clue="3階の角")
    assert page.heading == "届きました"
    assert len(words_on(neighbour)) == 9
    (told,) = inside.told()
    assert told.text() == LINE and told.clue == "3階の角"
    (report,) = inside.reports()
    assert report.entrance == "neighbour" and report.identity is None and report.burst == 0


def test_the_first_page_says_what_this_is_and_answers_the_fears(neighbour: Visitor) -> None:
    with clock.turned_to(SUNDAY_NIGHT):
        page = neighbour.get("/")
    for sentence in (
        "まちがいでも、責められません",
        "証拠はいりません",
        "だれが連絡したかは伝えません。内容から分かりそうなことには印をつけられます",
        "次に人が読むのは、火曜 8時40分ごろです",
        "子どもと家庭の相談を受ける、市の職員",
    ):
        assert sentence in page.text
    numbers = [e.text() for e in page.root.all("strong")]
    assert numbers == ["110", "119", "189"]
    assert "だれかに、いま危害を加えられそうなとき" in page.text
    with clock.turned_to(MONDAY_MORNING):
        assert "いまは、人が読む時間です" in neighbour.get("/").text


def test_no_page_promises_what_nobody_can_keep(neighbour: Visitor) -> None:
    for path in ("/", "/self", "/other", "/pro", "/promises", "/traces", "/visited", "/back", "/verify"):
        text = neighbour.get(path).text
        for promise in ("必ず助け", "絶対に", "すぐ訪問", "ないしょにする", "24時間見て"):
            assert promise not in text, (path, promise)


def test_without_a_clue_it_is_taken_and_not_knowing_is_an_answer(neighbour: Visitor, inside: Inside) -> None:
    neighbour.get("/")
    assert neighbour.submit("text", text=LINE).heading == "届きました"
    neighbour.get("/")
    assert neighbour.submit("text", text=LINE, clue_unknown="y").heading == "届きました"
    first, second = inside.told()
    assert first.clue == second.clue == ""
    assert "clue" not in first.answers and second.answers["clue"] == "unknown"


def test_danger_now_makes_it_urgent_and_who_sends_it_is_sealed_apart(
    neighbour: Visitor, inside: Inside
) -> None:
    neighbour.get("/")
    neighbour.submit("text", text=LINE, now="y", name="となりの者", phone="090-0000-0000")
    case, (who,), (told,) = inside.case(), inside.who(), inside.told()
    assert case.urgent and case.groups == "family"
    assert who.name == "となりの者" and who.phone == "090-0000-0000"
    assert "となりの者" not in told.to_bytes().decode() and told.answers["now"] == "yes"


def test_marks_can_be_set_before_sending(neighbour: Visitor, inside: Inside) -> None:
    neighbour.get("/")
    text = f"{LINE}\n\n廊下で、わたしにだけ「転んだ」と言った"
    page = neighbour.submit("text", button=("step", "mark"), text=text, clue="角の家", phone="090")
    assert "まだ届いていません" in page.text and inside.reports() == []
    neighbour.submit(
        "kind-0", button=("step", "send"), **{"kind-0": "heard", "kind-1": "said", "telling-1": "1"}
    )
    (told,), (who,) = inside.told(), inside.who()
    assert [(one.kind, one.telling) for one in told.paragraphs] == [("heard", False), ("said", True)]
    assert told.clue == "角の家" and who.phone == "090"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "ひとことだけでも"),
        (" \u3000\n\u200b", "ひとことだけでも"),
        ("あ" * 5_001, "5000文字までにしてください（いま5001文字）"),
    ],
)
def test_an_empty_or_endless_text_is_asked_again_and_stays(
    neighbour: Visitor, inside: Inside, text: str, sentence: str
) -> None:
    neighbour.get("/")
    page = neighbour.submit("text", status=422, text=text, clue="3階の角")
    assert sentence in page.text and "まだ届いていません" in page.text
    assert "3階の角" in page.html and tidy(text) in page.html
    assert inside.reports() == []


def test_what_nobody_can_see_is_left_out_and_the_rest_is_taken(neighbour: Visitor, inside: Inside) -> None:
    neighbour.get("/")
    neighbour.submit("text", text="さけび\x00声\u202eが\u200bする\r\n毎晩 <script>alert(1)</script>")
    (told,) = inside.told()
    assert told.text() == "さけび声がする\n毎晩 <script>alert(1)</script>"


def test_pressed_twice_it_is_one_report_with_the_same_words(neighbour: Visitor, inside: Inside) -> None:
    neighbour.get("/")
    assert neighbour.page is not None
    fields = {**form_fields(neighbour.page.form("text")), "text": LINE, "clue": "角"}
    neighbour.post("/", fields)
    first = words_on(neighbour)
    neighbour.post("/", fields)
    assert words_on(neighbour) == first
    assert len(inside.reports()) == 1
    neighbour.post("/", {**fields, "text": LINE + "。今日も"})  # changed after an answer that was lost
    assert words_on(neighbour) != first
    assert len(inside.reports()) == 2


@pytest.mark.parametrize("field", ["csrf_token", "once", "seed"])
def test_a_stale_page_costs_one_more_press_and_no_word(
    neighbour: Visitor, inside: Inside, field: str
) -> None:
    neighbour.get("/")
    page = neighbour.submit("text", status=422, text=LINE, **{field: "old"})
    assert LINE in page.html and inside.reports() == []
    assert neighbour.submit("text").heading == "届きました"


def test_a_seed_of_another_form_makes_no_words(neighbour: Visitor, inside: Inside) -> None:
    neighbour.get("/")
    assert neighbour.page is not None
    other = form_fields(neighbour.page.form("text"))["seed"]
    neighbour.get("/")
    neighbour.submit("text", status=422, text=LINE, seed=other)
    assert inside.reports() == []


def test_without_any_cookie_it_is_taken(intake_app: Flask, inside: Inside) -> None:
    shy = intake_app.test_client(use_cookies=False)
    page = Visitor(intake_app)
    page.client = shy
    page.get("/")
    assert page.page is not None
    fields = {**form_fields(page.page.form("text")), "text": LINE}
    answer = shy.post("/", base_url=BASE, data=fields, headers=OURS)
    assert answer.status_code == 200
    assert len(inside.reports()) == 1


def test_the_browser_is_left_with_one_cookie_and_nothing_to_remember(neighbour: Visitor) -> None:
    neighbour.get("/")
    page = neighbour.submit("text", text=LINE)
    assert set(neighbour.cookies()) == {"i"}
    assert page.response.headers["Cache-Control"] == "no-store"
    assert page.response.headers["Referrer-Policy"] == "no-referrer"
    spoken = " ".join(words_on(neighbour))
    assert LINE not in page.html and spoken not in str(page.response.headers)
    for form in page.root.all("form"):
        assert form.attributes["autocomplete"] == "off"
    assert not re.search(r"localStorage|sessionStorage", page.html)


def test_a_letterbox_without_a_desk_says_so_and_gives_the_text_back(
    intake_app: Flask, neighbour: Visitor, inside: Inside
) -> None:
    from forum.safeguarding.vault.db import vault_db, writing
    from forum.safeguarding.vault.models import DeskKeyRow

    neighbour.get("/")
    before = neighbour.page
    with intake_app.app_context(), writing():
        vault_db.session.query(DeskKeyRow).delete()
    assert "まだ開いていません" in neighbour.get("/").text
    neighbour.page = before
    page = neighbour.submit("text", status=503, text=LINE)
    assert "届いていません" in page.text and LINE in page.html


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "null"}, 200),  # an older browser on a page that sends no referrer
        ({}, 200),
        ({"Origin": BASE}, 200),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "null"}, 403),
    ],
)
def test_an_old_tablet_is_not_taken_for_a_foreign_page(
    neighbour: Visitor, inside: Inside, headers: dict[str, str], status: int
) -> None:
    neighbour.get("/")
    assert neighbour.page is not None
    fields = {**form_fields(neighbour.page.form("text")), "text": LINE}
    page = neighbour.post("/", fields, status, headers=headers)
    assert len(inside.reports()) == (status == 200)
    assert LINE in page.html or status == 200
