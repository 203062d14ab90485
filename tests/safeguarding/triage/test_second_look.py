"""Two people see what is urgent: each report of it, two persons, both of whom may still see it."""

import pytest
from flask import Flask
from sqlalchemy import update

from forum import clock
from forum.safeguarding.cases import queries, service
from forum.safeguarding.cases.types import Actor
from forum.safeguarding.staff.models import StaffRow
from forum.safeguarding.vault.db import vault_db, writing
from tests.pages import Visitor
from tests.safeguarding.conftest import Desk
from tests.safeguarding.desk import enter, hire, staff_id
from tests.safeguarding.triage.conftest import Arrives

ONE_MORE, NOBODY = "もう1人が開きます", "まだ、だれも開いていません"
EVERY_GROUP = frozenset({"family", "childcare", "school"})


class Person:
    """Somebody at the desk, with the browser they sit at."""

    def __init__(self, app: Flask, name: str, role: str = "worker") -> None:
        self.login = hire(app, role, name=name)
        self.number = staff_id(app, self.login)
        self.visitor = enter(Visitor(app), self.login)
        self.actor = Actor(self.number, name, EVERY_GROUP, supervisor=role == "supervisor")

    def opens(self, report_id: str) -> None:
        self.visitor.get(f"/cases/{self.case_of(report_id)}/reports")
        page = self.visitor.page
        assert page is not None
        form = page.form(f"/reports/{report_id}/open")
        self.visitor.submit(form.attributes["action"])

    def case_of(self, report_id: str) -> str:
        from forum.safeguarding.vault.queries import sealed_report

        with self.visitor.app.app_context():
            report = sealed_report(report_id)
            assert report is not None
            case_id = queries.root_of(report.case_id)
            vault_db.session.remove()
        return case_id

    def inbox(self, show: str = "all") -> str:
        return self.visitor.get(f"/?show={show}").text


@pytest.fixture
def three(desk_app: Flask) -> tuple[Person, Person, Person]:
    return Person(desk_app, "安西"), Person(desk_app, "別府"), Person(desk_app, "千葉", "supervisor")


def merged(app: Flask, desk: Desk, case_id: str, other_id: str, by: Person) -> None:
    """The other case is put into the first one."""
    with app.app_context():
        version, other = queries.case(case_id).version, queries.case(other_id).version
        with writing():
            service.merge(
                case_id, version, by.actor, desk=desk.key, once=f"m-{other_id}",
                other_id=other_id, other_version=other, reason="同じ家",
            )  # fmt: skip
        vault_db.session.remove()


def test_each_urgent_report_of_a_case_wants_two_people_not_the_case_as_a_whole(
    desk_app: Flask, desk: Desk, arrives: Arrives, three: tuple[Person, Person, Person]
) -> None:
    anne, ben, carl = three
    first, _ = arrives("a", urgent=True)
    anne.opens(first.report_id)
    ben.opens(first.report_id)
    assert ONE_MORE not in carl.inbox()
    second, _ = arrives("b", urgent=True)
    anne.opens(second.report_id)
    merged(desk_app, desk, first.case_id, second.case_id, anne)
    assert first.case_id in ben.inbox("new") and ONE_MORE in ben.inbox("new")
    assert first.case_id not in anne.inbox("new"), "Anne has opened both"
    ben.opens(second.report_id)
    assert ONE_MORE not in carl.inbox() and first.case_id not in carl.inbox("new")


def test_what_was_read_before_it_was_merged_counts_for_the_case_that_holds_it(
    desk_app: Flask, desk: Desk, arrives: Arrives, three: tuple[Person, Person, Person]
) -> None:
    anne, ben, carl = three
    calm, _ = arrives("a")
    hot, _ = arrives("b", urgent=True)
    for kept in (calm, hot):
        anne.opens(kept.report_id)
        ben.opens(kept.report_id)
    merged(desk_app, desk, calm.case_id, hot.case_id, anne)
    page = carl.inbox()
    assert calm.case_id in page and "急ぎ" in page and NOBODY not in page and ONE_MORE not in page


def test_whoever_knows_the_family_is_no_pair_of_eyes(
    desk_app: Flask, desk: Desk, arrives: Arrives, three: tuple[Person, Person, Person]
) -> None:
    anne, ben, carl = three
    kept, _ = arrives(urgent=True)
    anne.opens(kept.report_id)
    ben.opens(kept.report_id)
    assert ONE_MORE not in carl.inbox()
    with desk_app.app_context():
        with writing():
            service.mark_conflict(
                kept.case_id, queries.case(kept.case_id).version, carl.actor,
                desk=desk.key, once="c1", staff_id=anne.number, reason="となりに住む",
            )  # fmt: skip
        vault_db.session.remove()
    assert ONE_MORE in carl.inbox("new") and kept.case_id not in ben.inbox("new")


def test_whoever_left_the_desk_is_no_pair_of_eyes(
    desk_app: Flask, arrives: Arrives, three: tuple[Person, Person, Person]
) -> None:
    anne, ben, carl = three
    kept, _ = arrives(urgent=True)
    anne.opens(kept.report_id)
    ben.opens(kept.report_id)
    with desk_app.app_context():
        with writing():
            vault_db.session.execute(
                update(StaffRow).where(StaffRow.id == anne.number).values(ended_at=clock.now())
            )
        vault_db.session.remove()
    page = carl.inbox("new")
    assert kept.case_id in page and ONE_MORE in page and "安西" in page, "who opened it stays on the page"


def test_the_same_person_twice_is_one_pair_of_eyes(
    arrives: Arrives, three: tuple[Person, Person, Person]
) -> None:
    anne, ben, _ = three
    kept, _ = arrives(urgent=True)
    anne.opens(kept.report_id)
    anne.opens(kept.report_id)
    assert ONE_MORE in ben.inbox("new")
