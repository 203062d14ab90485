"""The list to take along."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

from forum.directory import exports
from forum.directory.types import Location, Service

CARE = Service(
    id="s-1",
    name="一時保育",
    category="temporary_care",
    alternate_name="いちじほいく",
    description="預かる。",
    minimum_age=6,
    maximum_age=83,
    schedules="平日9時から",
    opening_hours="Mo-Fr 09:00-17:00",
    phones=("#8000", "077-000-0001"),
    locations=(Location("浜町1-1", "東学区", 35.0, -135.5),),
    verified=True,
    assured_date="2026-04",
)
TRICK = Service(id="s-2", name='=HYPERLINK("x")', category="information", description="@SUM(1)\n二行目")


def test_json_has_the_names_of_the_standard_and_where_it_comes_from() -> None:
    content = json.loads(exports.as_json([CARE], "みなと市", "CC BY 4.0", date(2026, 11, 23)))
    assert (content["publisher"], content["licence"], content["date"]) == (
        "みなと市",
        "CC BY 4.0",
        "2026-11-23",
    )
    found = content["services"][0]
    assert found["minimum_age"] == 6
    assert found["age_unit"] == "months"
    assert found["phones"] == [{"number": "#8000"}, {"number": "077-000-0001"}]
    assert found["locations"][0]["district"] == "東学区"
    assert found["eligibility_description"] is None


def test_csv_opens_in_a_spreadsheet_and_runs_nothing() -> None:
    text = exports.as_csv([CARE, TRICK])
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert rows[0]["name"] == "一時保育"
    assert rows[0]["phones"] == "#8000 / 077-000-0001"
    assert rows[0]["longitude"] == "-135.5"
    assert rows[0]["verified"] == "yes"
    assert rows[1]["name"] == '\'=HYPERLINK("x")'
    assert rows[1]["description"] == "'@SUM(1)\n二行目"
    assert rows[1]["minimum_age"] == ""
    assert tuple(rows[0]) == exports.COLUMNS
