"""The look of the desk's pages: what one rule says is not taken back by another."""

import re
from collections import Counter
from pathlib import Path

STATIC = Path(__file__).parents[3] / "static"


def rules(name: str) -> list[tuple[str, str]]:
    """Every selector of a sheet with what it sets, whatever media they stand in."""
    text = re.sub(r"/\*.*?\*/", "", (STATIC / name).read_text(encoding="utf-8"), flags=re.DOTALL)
    return [(" ".join(who.split()), what.strip()) for who, what in re.findall(r"([^{}@]+)\{([^{}]*)\}", text)]


def test_a_box_to_tick_stands_beside_its_words_in_every_field() -> None:
    sheet = rules("web/forms.css")
    blocks = [who for who, what in sheet if "display: block" in what and who.startswith(".field > label")]
    assert blocks, "labels stand above their fields"
    assert all(":not(.check)" in who for who in blocks), "a tick's label is a row of its own"


def test_no_rule_of_the_desk_is_written_twice() -> None:
    twice = [who for (who, _), times in Counter(rules("safeguarding/desk.css")).items() if times > 1]
    assert twice == []
