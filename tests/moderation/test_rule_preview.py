"""A city looks what one change of a rule would do, with its other changes in force."""

from forum.safety.book import DangerBook
from forum.safety.danger import delivered_book, preview
from forum.safety.types import RuleChange


def test_a_preview_keeps_what_the_city_changed_before() -> None:
    control = RuleChange("dv-control", enabled=False)
    texts = delivered_book().rule("dv-control").positive
    city = DangerBook.load((control,))
    other = next(rule.id for rule in city.rules if rule.id != "dv-control")

    assert preview(RuleChange(other), texts, city) == ()


def test_a_preview_shows_a_rule_that_is_switched_on_again() -> None:
    texts = delivered_book().rule("dv-control").positive
    city = DangerBook.load((RuleChange("dv-control", enabled=False),))

    changed = preview(RuleChange("dv-control"), texts, city)

    assert changed
    assert all("dv-control" in one.rules_after and "dv-control" not in one.rules_before for one in changed)
