"""What leaves the desk never tells who reported, whatever was written where."""

import json
from dataclasses import asdict, is_dataclass
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forum.safeguarding.cases import queries
from forum.safeguarding.cases.papers import PapersView, papers_view
from forum.safeguarding.cases.rules.papers import folded
from forum.safeguarding.vault import sealed, store
from forum.safeguarding.vault.content import Content, Identity, Paragraph
from forum.safeguarding.vault.db import vault_db, writing
from forum.safeguarding.vault.questions import MARKS, MARKS_REPORT
from tests.safeguarding.cases.scene import TANAKA, Scene, hours


def everything(view: PapersView) -> str:
    """All that stands in a view, whatever it is made of."""
    assert is_dataclass(view)
    return json.dumps(asdict(view), ensure_ascii=False, default=str)


TOLD = Content(
    (
        Paragraph("毎晩 泣き声がする", "heard"),
        Paragraph("ベランダが向かいあっているので見えた", "seen", telling=True),
        Paragraph("母親が「出て行け」と言った", "said", who="おばあさん"),
    ),
    clue="二丁目の白いアパート",
    answers={"child_age": "3歳くらい", "family_knows": "no", "cooperates": "yes", "since": "unknown"},
)
CALLER = Identity(name="山田太郎", relation="向かいの家", phone="090-1111-2222")


def test_a_visit_sheet_holds_the_child_and_not_the_reporter(scene: Scene) -> None:
    case = scene.arrives(TOLD, CALLER)
    scene.child(case, "さくら")
    scene.do("note_entry", case, kind="action", text="山田太郎さんに電話した", happened_at=hours(0))
    scene.do("note_entry", case, kind="fact", text="園で元気だった", happened_at=hours(0))
    scene.do(
        "note_entry", case, kind="fact", text="となりから見える", happened_at=hours(0), disclosure="telling"
    )
    view = papers_view(case, scene.desk.ring)
    said = everything(view)
    for inside in ("ベランダ", "山田", "090", "向かい", "となりから", "協力", "neighbour", "14:30", "23:30"):
        assert inside not in said, inside
    assert [one.text for one in view.reports[0].pieces] == ["毎晩 泣き声がする", "母親が「出て行け」と言った"]
    assert view.reports[0].clue == "二丁目の白いアパート"
    assert [value for _label, value in view.reports[0].answers] == ["3歳くらい", "わからない"]
    assert (view.received_on, view.reports[0].received_on) == (date(2026, 11, 20), date(2026, 11, 20))
    assert [one.text for one in view.chronology] == ["園で元気だった"]
    assert [one.label for one in view.children] == ["さくら"]


def test_a_mark_that_comes_later_counts_as_well(scene: Scene) -> None:
    case = scene.arrives("二つのことを 見ました")
    late = Content((Paragraph("二つのことを 見ました", telling=True),), answers={MARKS: MARKS_REPORT})
    more = Content((Paragraph("そのあと、二つのことを見ました、と夫も言う"), Paragraph("子は3歳")))
    with writing():
        for ticket, content in (("a", late), ("b", more)):
            told = sealed.prepare_message_in(content, (), scene.desk.key, ticket)
            store.add_message_in(scene.report_id(case), told)
    view = papers_view(case, scene.desk.ring)
    assert [one.text for one in view.reports[0].pieces] == ["子は3歳"]


def test_what_a_child_wrote_stays_inside_until_a_second_person_agrees(scene: Scene) -> None:
    case = scene.arrives(Content((Paragraph("おうちに かえりたくない"),), child_wrote=True))
    said = "「おうちに かえりたくない」と書いていた"
    scene.do("note_entry", case, kind="fact", text=said, happened_at=hours(0))
    view = papers_view(case, scene.desk.ring)
    assert view.child_wrote
    assert "かえりたくない" not in everything(view)
    assert "かえりたくない" in everything(papers_view(case, scene.desk.ring, child_text=True))


def test_a_mark_in_one_report_counts_for_everything_merged_with_it(scene: Scene) -> None:
    case, other = scene.arrives("階段で何度も会う子のこと"), scene.arrives(TOLD)
    version = queries.case(other).version
    scene.do("merge", case, other_id=other, other_version=version, reason="同じ子")
    scene.do(
        "note_entry", case, kind="fact", text="ベランダが 向かいあっているので見えた、とのこと",
        happened_at=hours(0),
    )  # fmt: skip
    view = papers_view(case, scene.desk.ring)
    assert len(view.reports) == 2
    assert "ベランダ" not in everything(view)


words = st.text(alphabet="あいうえおかきくけこ部屋夜声泣３3ｱ 、。", min_size=0, max_size=12)
secret = st.text(alphabet="秘密隣家窓見窗", min_size=4, max_size=10)
FIELDS = st.sampled_from(
    [
        "entry",
        "said_by",
        "note",
        "address",
        "where",
        "how",
        "who",
        "task",
        "result",
        "clue",
        "answer",
        "message",
    ]
)


@given(secret, st.lists(st.tuples(FIELDS, words, words, st.booleans()), max_size=5))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_telling_text_stands_in_any_output(
    scene: Scene, mark: str, quotes: list[tuple[str, str, str, bool]]
) -> None:
    """However a marked piece is quoted, by whom and where, it is in nothing that leaves."""
    quoted = {name: f"{before}{mark}{after}" for name, before, after, _spaced in quotes}
    for name, _before, _after, spaced in quotes:
        quoted[name] = " ".join(quoted[name]) if spaced else quoted[name]
    told = Content(
        (Paragraph(mark, telling=True), Paragraph("泣き声")),
        clue=quoted.get("clue", "白い家"),
        answers={"injuries": quoted.get("answer", "あざ")},
    )
    case = scene.arrives(told)
    _write_everywhere(scene, case, quoted)
    said = folded(everything(papers_view(case, scene.desk.ring)))
    assert folded(mark) not in said
    assert folded("泣き声") in said, "the rest is there"
    vault_db.session.rollback()


def _write_everywhere(scene: Scene, case: str, quoted: dict[str, str]) -> None:
    entry, said_by = quoted.get("entry", "訪ねた"), quoted.get("said_by", "担任")
    scene.do("note_entry", case, kind="statement", text=entry, said_by=said_by, happened_at=hours(0))
    person = {"role": "mother", "name": "花子"}
    scene.do(
        "add_person",
        case,
        words=person | {"note": quoted.get("note", ""), "address": quoted.get("address", "")},
    )
    scene.saw(
        case,
        kind="adult_only",
        where=quoted.get("where", "玄関"),
        how=quoted.get("how", "話した"),
        who=quoted.get("who", "田中"),
    )
    scene.do("add_task", case, kind="visit", due_at=hours(9), holder_id=1, text=quoted.get("task", "訪問"))
    task = next(one.id for one in queries.tasks(TANAKA, [case]))
    scene.do("finish_task", case, TANAKA, task, ring=scene.desk.ring, result=quoted.get("result", "した"))
    message = sealed.prepare_message_in(
        Content((Paragraph(quoted.get("message", "追加")),)), (), scene.desk.key, scene.ticket()
    )
    with writing():
        store.add_message_in(scene.report_id(case), message)
