"""What a sound pack hands out: frozen values with nothing in them that may not be shown."""

import shutil
import time
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from forum import clock
from forum.city.pack import CityPack, check, load_pack
from forum.city.places import PACKS, pack_path
from forum.doors.rules import numbers_in, tells_hours
from tests.conftest import MINATO


@pytest.fixture(scope="module")
def otsu() -> CityPack:
    return load_pack(pack_path("otsu"))


@pytest.fixture(scope="module")
def minato() -> CityPack:
    return load_pack(MINATO)


@pytest.fixture(scope="module", params=["otsu", "minato"])
def city(request: pytest.FixtureRequest) -> CityPack:
    pack: CityPack = request.getfixturevalue(request.param)
    return pack


def test_both_packs_are_without_fault() -> None:
    assert check(PACKS / "otsu") == []
    assert check(MINATO) == []


def test_a_pack_is_found_by_its_name_or_its_folder() -> None:
    assert pack_path("otsu") == PACKS / "otsu"
    assert pack_path(str(MINATO)) == MINATO
    assert pack_path("no-such-city") == Path("no-such-city")


def test_loading_a_city_does_not_hold_up_the_start() -> None:
    load_pack(PACKS / "otsu")
    spent = []
    for _ in range(3):
        started = time.process_time()
        load_pack(PACKS / "otsu")
        spent.append(time.process_time() - started)
    assert min(spent) < 0.3


def test_otsu_is_whole(otsu: CityPack) -> None:
    assert (otsu.name, len(otsu.districts), len(otsu.services), len(otsu.doors)) == ("大津市", 36, 111, 27)
    assert {district.block for district in otsu.districts} == set(otsu.blocks)
    assert len(otsu.boards) == 11
    assert {board.id for board in otsu.boards if board.sensitive} == {"teen", "family", "health"}
    assert len(otsu.seeds) == 30


def test_the_invented_city_shares_no_name_with_otsu(otsu: CityPack, minato: CityPack) -> None:
    assert not {b.id for b in otsu.boards} & {b.id for b in minato.boards}
    assert not {d.name for d in otsu.districts} & {d.name for d in minato.districts}
    assert not {s.id for s in otsu.services} & {s.id for s in minato.services}
    assert not set(otsu.place_words) & set(minato.place_words)


def test_what_is_not_confirmed_has_name_place_and_purpose_alone(city: CityPack) -> None:
    waiting = [service for service in city.services if not service.confirmed]
    assert waiting
    for service in waiting:
        assert service.name
        assert service.summary
        assert (service.phone, service.hours, service.schedule) == ("", "", None)
        assert (service.fee, service.how_to_apply) == ("", "")
        told = f"{service.summary}{service.eligibility}{service.address}"
        assert not numbers_in(told)
        assert not tells_hours(told)


def test_a_number_that_waits_for_its_review_is_nowhere_in_the_pack(minato: CityPack, otsu: CityPack) -> None:
    assert "099-000-0303" not in repr(minato)
    assert "099-000-0115" not in repr(minato), "nor one of a service that is only partly verified"
    for number in ("077-524-2030", "0120-025-528", "077-528-2525", "077-548-7768", "077-562-8996"):
        assert number not in repr(otsu)


def test_a_service_with_the_number_of_an_unconfirmed_door_waits_with_it(minato: CityPack) -> None:
    [beach] = [service for service in minato.services if service.id == "minato-3"]
    assert (beach.confirmed, beach.phone, beach.hours, beach.how_to_apply) == (False, "", "", "")


def test_the_list_of_doors_stands_over_the_list_of_services(otsu: CityPack) -> None:
    by_id = {service.id: service for service in otsu.services}
    nurse = by_id["otsu-018"]
    assert (nurse.phone, nurse.door_id) == ("#8000 / 077-524-7856", "8000")
    assert nurse.hours == next(door.hours_text for door in otsu.doors if door.id == "8000")
    plus = by_id["otsu-088"]
    assert plus.confirmed, "the door was reviewed"
    assert plus.how_to_apply == "", "the rest of the row was not"
    assert not by_id["otsu-073"].confirmed
    assert by_id["otsu-016"].hours.startswith("開催日ごとに"), (
        "a class keeps its own hours beside an office's"
    )


def test_numbers_that_may_stand_in_public(minato: CityPack) -> None:
    assert {"110", "119", "0120-279-338", "099-000-0101", "099-000-0111"} <= minato.service_numbers
    assert not {"099-000-0303", "099-000-0115"} & minato.service_numbers


def test_every_need_of_the_national_words_is_a_kind_of_service(city: CityPack) -> None:
    from forum.language.concepts import Thesaurus

    known = {category.id for category in city.categories}
    groups = Thesaurus.load(*city.synonym_paths).groups.values()
    assert {need for group in groups for need in group.needs} - known == set()
    assert all(category.plain and category.label for category in city.categories)


def test_a_city_adds_kinds_of_its_own(minato: CityPack, otsu: CityPack) -> None:
    assert "boat_bus" in {category.id for category in minato.categories}
    assert "boat_bus" not in {category.id for category in otsu.categories}


def test_a_city_says_a_kind_in_its_own_words(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(MINATO, tmp_path / "pack"))
    with (folder / "city.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[category]]\nid = "speech"\nlabel = "ことばの部屋"\nplain = "ことばを練習する"\n')
    said = {category.id: category.label for category in load_pack(folder).categories}
    assert said["speech"] == "ことばの部屋"
    assert len(said) == len(load_pack(folder).categories)


def test_every_age_of_childhood_has_its_band(city: CityPack) -> None:
    for months in range(-1, 228):
        assert len([b for b in city.age_bands if b.min_months <= months <= b.max_months]) == 1


def test_the_counter_says_the_citys_own_words(minato: CityPack, otsu: CityPack) -> None:
    lines = {door.line for door in minato.doors if door.face_to_face}
    assert lines == {"約束がなくても、立ち寄って話すだけでかまいません。"}
    assert {door.line for door in otsu.doors if door.face_to_face} == {
        "申込みが決まっていなくても、話をするだけで行けます。"
    }


def test_a_block_stands_for_its_districts(minato: CityPack) -> None:
    assert minato.districts_of("東浜") == {"潮鳴", "灯台前"}
    assert minato.districts_of("帆風") == {"帆風"}
    assert minato.districts_of("大津") == frozenset()


def test_samples_are_read_when_asked_for(minato: CityPack) -> None:
    [sample] = minato.samples()
    assert (sample.board, sample.district, sample.solved, sample.me_too) == ("little-ones", "東浜", True, 2)
    [reply] = sample.replies
    assert (reply.kind, reply.hours_after, reply.helped, reply.voice) == ("experience", 5.0, 2, "reply-1")


def test_a_pack_without_samples_has_none(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(MINATO, tmp_path / "pack"))
    (folder / "samples.jsonl").unlink()
    assert load_pack(folder).samples() == ()


def test_the_hash_tells_any_change_and_nothing_else(tmp_path: Path, minato: CityPack) -> None:
    folder = Path(shutil.copytree(MINATO, tmp_path / "other-name"))
    assert load_pack(folder).content_hash == minato.content_hash
    path = folder / "seeds.toml"
    path.write_text(path.read_text(encoding="utf-8") + "\n# 一行\n", encoding="utf-8")
    assert load_pack(folder).content_hash != minato.content_hash


def test_a_pack_cannot_be_changed(minato: CityPack) -> None:
    with pytest.raises(FrozenInstanceError):
        minato.name = "ほかの市"  # type: ignore[misc]


def test_a_door_past_its_day_does_not_stop_the_start(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(MINATO, tmp_path / "pack"))
    path = folder / "doors.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("2026-04-01,,reviewed", "2026-04-01,2026-04-30,reviewed", 1),
        encoding="utf-8",
    )
    with clock.turned_to(clock.now().replace(year=2027)):
        [nurse] = [door for door in load_pack(folder).doors if door.id == "night-nurse"]
    assert (nurse.confirmed, nurse.number) == (False, "")
