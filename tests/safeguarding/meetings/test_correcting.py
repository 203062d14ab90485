"""A kept record is corrected, never written over."""

from __future__ import annotations

import csv
import io

from tests.pages import Visitor
from tests.safeguarding.meetings.test_views import case_id, hold, supervisor, worker

__all__ = ["case_id", "supervisor", "worker"]


def opened(who: Visitor, case_id: str) -> Visitor:
    hold(who, case_id)
    who.submit("会議の記録をひらく")
    return who


def correct(who: Visitor, status: int = 200, **fields: object) -> str:
    return who.submit("reason", status, **({"reason": "出席者がちがった"} | fields)).text


def test_the_earlier_record_stays_readable(worker: Visitor, case_id: str) -> None:
    opened(worker, case_id)
    text = correct(worker, attendees="木村\n田辺（保健師）", note="泣き声の件と、健診の件を話した")
    assert "1回 訂正されました" in text and "出席者がちがった" in text
    assert text.index("木村、田辺（保健師）") < text.index("木村（相談員）、小川（係長）"), (
        "the new one first"
    )
    text = correct(worker, reason="日をまちがえた", held_on="2026-11-22")
    assert "2回 訂正されました" in text and text.index("2026年11月22日") < text.index("2026年11月23日")
    worker.get("/meetings")
    assert "2026年11月22日 緊急受理会議" in worker.submit("これまでの会議をひらく").text


def test_a_correction_without_reason_or_of_one_person_is_refused_with_all_typed(
    worker: Visitor, case_id: str
) -> None:
    opened(worker, case_id)
    assert "訂正するわけを書いてください" in correct(worker, 422, reason="", note="書きかけの文")
    assert worker.page is not None and "書きかけの文" in worker.page.html
    assert "2人以上の名前がいります" in correct(worker, 422, attendees="木村")
    assert "今日かそれより前" in correct(worker, 422, held_on="2027-01-01", attendees="木村\n小川")
    correct(worker, 422, kind="lunch", held_on="2026-11-22")
    correct(worker, kind="intake")


def test_the_second_of_two_sees_what_the_first_wrote(
    worker: Visitor, supervisor: Visitor, case_id: str
) -> None:
    opened(worker, case_id)
    supervisor.get("/meetings")
    supervisor.submit("これまでの会議をひらく")
    supervisor.click("緊急受理会議")
    supervisor.submit("会議の記録をひらく")
    correct(worker, note="先に直した文")
    text = correct(supervisor, 409, note="あとから直した文")
    assert "先に直した文" in text
    assert supervisor.page is not None and "あとから直した文" in supervisor.page.html
    text = correct(supervisor, note="二つを合わせた文")
    assert "2回 訂正されました" in text and "二つを合わせた文" in text and "先に直した文" in text


def test_the_statistics_of_a_year_as_files(supervisor: Visitor, case_id: str) -> None:
    for press, columns in (("2026年度の表をひらく", 7), ("2026年度の公表用", 5)):
        supervisor.get("/meetings")
        supervisor.submit(press)
        page = supervisor.submit("CSV")
        text = page.response.get_data(as_text=True)
        assert text.startswith("\ufeff") and page.response.headers["Cache-Control"] == "no-store"
        rows = list(csv.reader(io.StringIO(text)))
        assert len(rows) > 10 and {len(row) for row in rows} == {columns}
        assert any(row[2] == "計" and row[3] == "計" for row in rows)
