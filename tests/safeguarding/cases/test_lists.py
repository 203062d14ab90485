"""The lists of the inbox: chosen and ordered by clear columns, as the watch and the lines themselves say."""

from datetime import timedelta

import pytest

from forum import clock
from forum.safeguarding.cases import queries
from forum.safeguarding.vault import sealed, store
from forum.safeguarding.vault.content import Content, Paragraph
from forum.safeguarding.vault.db import writing
from forum.safeguarding.watch import rules as watch
from tests.safeguarding.cases.scene import CHIEF, FRIDAY, KATO, MEETING, SUZUKI, TANAKA, Scene


def adds(scene: Scene, case_id: str) -> None:
    """The reporter writes something more."""
    more = sealed.prepare_message_in(
        Content((Paragraph("きのうも聞こえた"),)), (), scene.desk.key, scene.ticket()
    )
    with writing():
        store.add_message_in(scene.report_id(case_id), more)


@pytest.fixture
def many(scene: Scene) -> list[str]:
    """Cases of every kind: calm, urgent, unread, unconfirmed with a day, seen, merged, written to."""
    found = [scene.arrives(), scene.arrives(urgent=True), scene.arrives(read=False)]
    found.append(scene.arrives(read=False, burst=3))
    not_found = scene.arrives("だれも出ない")
    scene.do(
        "unconfirmed", not_found, CHIEF, verdict="not_found", decision=MEETING, tried="たずねた",
        reason="不明", look_again_on=(FRIDAY + timedelta(days=3)).date(),
    )  # fmt: skip
    done = scene.arrives()
    scene.is_safe(done)
    inside, around = scene.arrives(), scene.arrives()
    version = queries.case(inside).version
    scene.do("merge", around, other_id=inside, other_version=version, reason="同じ家")
    adds(scene, inside)
    return [*found, not_found, done, around]


@pytest.mark.parametrize("after", [0, 3, 20, 25, 43, 47.9, 49, 60, 90, 200])
def test_what_is_near_or_past_is_what_the_watch_says(scene: Scene, many: list[str], after: float) -> None:
    with scene.at(after):
        now = clock.now()
        states = {one.id: watch.state(one.watch_clock(), now) for one in queries.inbox(TANAKA)}
        due = {one for one, state in states.items() if state.level in ("soon", "pressing", "late")}
        assert set(queries.order(TANAKA, "due")) == due


def test_a_page_has_the_lines_of_the_whole_list_in_its_order(scene: Scene, many: list[str]) -> None:
    with scene.at(5):
        whole = queries.inbox(TANAKA)
        listed = queries.order(TANAKA)
        assert set(listed) == set(many) and listed == tuple(one.id for one in whole)
        assert queries.lines(listed[2:4]) == whole[2:4]
        assert queries.lines([listed[4], "nothing", listed[0]]) == (whole[4], whole[0])


def test_each_list_holds_what_its_name_says(scene: Scene, many: list[str]) -> None:
    calm, urgent, unread, burst, _, _, around = many
    scene.do("take", calm)
    scene.do("take", urgent, SUZUKI)
    scene.do("offer", urgent, SUZUKI, to_id=TANAKA.id, text="夜勤明け")
    with scene.at(1):
        assert set(queries.order(TANAKA, "mine")) == {calm, urgent}
        assert queries.order(TANAKA, "urgent") == (urgent,)
        assert set(queries.order(TANAKA, "new")) == {unread, burst}
        assert set(queries.order(TANAKA, "new", [urgent])) == {unread, burst, urgent}
        assert queries.order(TANAKA, "wrote") == (around,), "what was added inside counts for what holds it"
        assert set(queries.order(TANAKA, "running")) == {calm, urgent, unread, burst, around}
        assert queries.order(TANAKA, "over") == ()
        assert queries.order(KATO) == (), "another group"


def test_a_mark_takes_a_case_out_of_every_list(scene: Scene, many: list[str]) -> None:
    scene.do("mark_conflict", many[1], TANAKA, staff_id=TANAKA.id, reason="")
    assert many[1] not in queries.order(TANAKA) and many[1] not in queries.order(TANAKA, "new", [many[1]])
    assert many[1] in queries.order(SUZUKI)
    assert queries.conflicted(many)[many[1]] == {TANAKA.id}
