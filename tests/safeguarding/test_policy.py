"""What the city decides for the channel, and what happens when it did not."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from config import Door, Mode, SettingsError
from forum.city.faults import PackError
from forum.city.places import pack_path
from forum.safeguarding.policy import FILE, load_policy
from tests.conftest import MINATO, make_settings

SATURDAY = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


def test_the_shortest_clock_of_all_who_receive_it() -> None:
    policy = load_policy(MINATO)
    assert policy.hours(["family", "school"], urgent=False) == timedelta(hours=48)
    assert policy.hours(["family"], urgent=True) == timedelta(hours=12)


def test_on_a_long_weekend_it_says_tuesday() -> None:
    policy = load_policy(pack_path("otsu"))
    assert not policy.reads_now(SATURDAY)
    # Monday 23 November is a public holiday.
    assert policy.next_look(SATURDAY).strftime("%m-%d %H:%M") == "11-24 08:40"
    now = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
    assert policy.next_look(now) == now


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ('id = "school"', 'id = "shcool"', "shcool"),
        ("hours = 48", "hours = 72", "48"),
        ("urgent_hours = 12", "urgent_hours = 48\nextra = 1", "extra"),
        ('reading = "Mo-Su 08:00-20:00"', 'reading = "Mo 25:00"', "reading"),
        ('id = "unfounded"', 'id = "case"', "unfounded"),
    ],
)
def test_a_fault_is_told_with_its_place(tmp_path: Path, before: str, after: str, says: str) -> None:
    text = (MINATO / FILE).read_text(encoding="utf-8")
    assert before in text
    (tmp_path / FILE).write_text(text.replace(before, after), encoding="utf-8")
    with pytest.raises(PackError) as told:
        load_policy(tmp_path)
    assert says in str(told.value)
    assert f"{FILE}:" in str(told.value)


def test_no_production_door_opens_on_choices_that_nobody_made(tmp_path: Path) -> None:
    from forum.safeguarding.intake import create_intake_app

    with pytest.raises(SettingsError, match="confirmed"):
        create_intake_app(
            make_settings(tmp_path, Door.INTAKE, mode=Mode.PRODUCTION, hosts=("letterbox.example",))
        )
