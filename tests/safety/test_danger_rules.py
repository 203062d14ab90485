"""Every rule of danger fires on its own examples and on none of its traps."""

import pytest

from forum.safety.book import DangerRule
from forum.safety.danger import delivered_book, read_danger
from forum.safety.types import Category

RULES = delivered_book().rules


def fired(text: str) -> set[str]:
    return {sign.rule for sign in read_danger(text).found}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_fires_on_its_examples(rule: DangerRule) -> None:
    assert [text for text in rule.positive if rule.id not in fired(text)] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_lets_its_traps_pass(rule: DangerRule) -> None:
    assert rule.trap, "a rule that frightens has a trap"
    assert [text for text in rule.trap if rule.id in fired(text)] == []


def test_every_category_has_rules_and_every_rule_an_explanation_for_the_reader() -> None:
    assert {rule.category for rule in RULES} == set(Category)
    for rule in RULES:
        assert 1 <= rule.level <= 3
        assert rule.explanation.endswith("。")
        assert "通報" not in rule.explanation
        assert "%" not in rule.explanation
