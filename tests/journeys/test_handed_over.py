"""A neighbour on the wrong board: nobody reads it there, and it reaches the right people without retyping."""

from collections.abc import Callable

from flask import Flask

from tests.journeys.test_despair import _letterbox as _letterbox  # noqa: PLC0414
from tests.journeys.test_despair import letterbox as letterbox  # noqa: PLC0414
from tests.journeys.test_despair import writes
from tests.journeys.waiting import arrived, everything_stored, waiting_text
from tests.pages import Visitor

HEARD = "隣の家から毎晩、子どもの悲鳴が聞こえます。におの浜9丁目9-9の2階です。"


def test_it_waits_and_is_offered_to_the_city_with_the_text_carried_over(
    app: Flask, visitor: Callable[[], Visitor], letterbox: Flask
) -> None:
    neighbour, stranger = visitor(), visitor()
    page = writes(neighbour, HEARD)
    assert page.heading == "気にかけてくれて、ありがとうございます"
    assert "市の担当に渡す" in page.text and "その家族を傷つけないよう" in page.text
    stranger.get(f"/threads/{waiting_text(app, page).thread_id}", 404)
    assert "におの浜9丁目" not in everything_stored(app)
    neighbour.submit("whole", button=("whole", "1"))
    assert [(told, child) for told, _, child in arrived(app, letterbox)] == [(HEARD, False)]
    assert "悲鳴" not in everything_stored(app)
