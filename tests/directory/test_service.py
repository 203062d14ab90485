"""The table of services follows the pack."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from forum.city.current import current
from forum.db import db, writing
from forum.directory import queries
from forum.directory import service as directory
from forum.directory.queries import Filters
from forum.errors import NotFound


def test_loading_twice_changes_nothing(minato: Flask) -> None:
    with minato.app_context(), writing():
        assert directory.load(current()) == 0


def test_the_table_holds_what_the_pack_shows_and_no_number_that_waits(minato: Flask) -> None:
    with minato.app_context():
        rest = queries.get_service("minato-1")
        assert rest.name == "みなと産後のやど"
        assert (rest.minimum_age, rest.maximum_age) == (0, 12)
        assert rest.phones == ("099-000-0111",)
        waiting = queries.get_service("minato-5")
        assert not waiting.verified
        assert waiting.description
        assert (waiting.phones, waiting.schedules, waiting.opening_hours) == ((), "", "")
        assert (waiting.application_process, waiting.fees_description) == ("", "")


def test_a_row_that_left_the_pack_goes_and_a_changed_one_changes(minato: Flask) -> None:
    with minato.app_context():
        pack = current()
        first, *others = pack.services
        changed = replace(others[0], summary="別の説明。")
        try:
            with writing():
                assert directory.load(replace(pack, services=(changed, *others[1:]))) >= 2
            with pytest.raises(NotFound):
                queries.get_service(first.id)
            assert queries.get_service(changed.id).description == "別の説明。"
        finally:
            with writing():
                directory.load(pack)
        assert [s.id for s in queries.all_services()] == [s.id for s in pack.services]
        db.session.remove()


def test_lists_are_narrowed_by_kind_age_and_district(minato: Flask) -> None:
    with minato.app_context():
        ids = {s.id for s in queries.list_services(Filters(youngest=0, oldest=11))}
        assert {"minato-1", "minato-2", "minato-3"} <= ids
        assert "minato-6" not in ids
        assert {s.id for s in queries.list_services(Filters(category="speech"))} == {"minato-7"}
        inside = {s.id for s in queries.list_services(Filters(districts=frozenset({"磯の里"})))}
        assert "minato-3" in inside
        assert "minato-6" not in inside
        db.session.remove()
