"""Whatever was written where: no paper and no box tells who reported, or when they called."""

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nacl.public import PrivateKey

from forum import clock
from forum.safeguarding.cases.rules.papers import folded
from forum.safeguarding.paper import handover, service
from forum.safeguarding.vault.content import Content, Identity, Paragraph
from forum.safeguarding.vault.db import vault_db
from tests.safeguarding.cases.scene import TANAKA, Scene, hours
from tests.safeguarding.paper.conftest import pages, words

KINDS = ("reception", "transfer", "visit")
secret = st.text(alphabet="秘密隣家窓見窗", min_size=4, max_size=10)
around = st.text(alphabet="あいうえお夜声。、 ", max_size=8)
FIELDS = st.lists(
    st.tuples(
        st.sampled_from(["entry", "said_by", "note", "address", "where", "how", "task", "clue", "who"]),
        around,
    ),
    max_size=5,
)


def outputs(scene: Scene, case_id: str) -> dict[str, str]:
    """Every paper and every file of the box, as words."""
    vault_db.session.rollback()
    case, key = scene.case(case_id), PrivateKey.generate()
    found = {kind: words(service.draw(kind, case, TANAKA, scene.desk.ring, scene.policy)) for kind in KINDS}
    box = service.hand_over(case, TANAKA, scene.desk.ring, scene.policy, bytes(key.public_key))
    for name, raw in handover.opened(bytes(key), box).items():
        found[f"box {name}"] = words(raw) if name.endswith(".pdf") else raw.decode()
    return found


def write(scene: Scene, case_id: str, told: dict[str, str]) -> None:
    """Staff quote it everywhere a hand can write."""
    person = {name: told.get(name, "") for name in ("note", "address")} | {"role": "mother", "name": "母"}
    scene.do("add_person", case_id, words=person)
    child = scene.child(case_id, "さくら")
    scene.saw(
        case_id,
        child,
        where=told.get("where") or "園",
        how=told.get("how") or "よく話した",
        who=told.get("who") or "田中",
        seen_at=clock.now(),
    )
    scene.do(
        "note_entry",
        case_id,
        kind="statement",
        text=told.get("entry") or "園に聞いた",
        said_by=told.get("said_by") or "園長",
        happened_at=clock.now(),
    )
    scene.do(
        "add_task", case_id, kind="visit", text=told.get("task") or "訪問", due_at=hours(20), holder_id=None
    )


@given(secret, FIELDS, st.integers(min_value=0, max_value=1439))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_leaves_that_tells_who_reported(
    scene: Scene, mark: str, quotes: list[tuple[str, str]], minute: int
) -> None:
    with scene.at(minute / 60):
        there = clock.local(clock.now())
        quoted = {name: f"{more}{mark}" for name, more in quotes}
        case_id = scene.arrives(
            Content(
                (Paragraph("ふつうの話なので載せる"), Paragraph(mark, telling=True)),
                clue=quoted.pop("clue", "二丁目の白い家"),
            ),
            Identity(name="密告山田", phone="09099998888", organisation="となり商店"),
        )
        write(scene, case_id, quoted)
        found = outputs(scene, case_id)
    for name, said in found.items():
        assert folded(mark) not in folded(said), name
        for inside in ("密告山田", "09099998888", "となり商店", f"{there.hour}:{there.minute:02d}"):
            assert folded(inside) not in folded(said), (name, inside)
        assert f"{there.hour:02d}:{there.minute:02d}" not in said, name
        assert f"{there.hour}時{there.minute}分" not in said, name
    assert all("ふつうの話なので載せる" in said for said in found.values())  # the test can fail


def test_the_first_page_of_the_visit_sheet_is_for_any_eyes(scene: Scene) -> None:
    case_id = scene.arrives(Content((Paragraph("毎晩泣き声がする", "heard"),), clue="二丁目の白い家"))
    write(scene, case_id, {})
    raw = service.draw("visit", scene.case(case_id), TANAKA, scene.desk.ring, scene.policy)
    taken, left = pages(raw)
    assert "お手伝いに来ました" in taken and "さくら" in taken and "泣き声" not in taken
    assert "持っていきません" in left and "毎晩泣き声がする" in left
    said = taken + left
    for never in ("虐待", "通告", "受付", "連絡した", "2026年11月21日", "声や音を聞いた", "二丁目の白い家"):
        assert never not in said.replace("令和8年11月20日（2026年）", ""), never


def test_an_hour_of_a_visit_is_given_as_its_day(scene: Scene) -> None:
    case_id = scene.arrives("泣き声がする")
    write(scene, case_id, {})
    read = json.loads(outputs(scene, case_id)["box case.json"])["case"]
    assert read["sightings"][0]["seen_at"] == "2026-11-20"
    assert read["received_on"] == "2026-11-20"
