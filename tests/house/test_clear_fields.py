"""Nothing stands in clear in the vault that SECURITY.md does not name with its reason."""

import re

from config import ROOT

# Ids and keys that the page explains once for all tables, and boxes that open only with a key.
EXPLAINED = {"id", "public_id", "case_id", "key_id"}
BOXES = set("body wrapped_key identity reporter_box private_box code_box new_code_box keys_box box".split())


def named() -> dict[str, set[str]]:
    """Table -> columns, from the table of the page."""
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    part = text.split("## What stands in clear in the vault, and why")[1].split("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \| (.+?) \| (.+?) \|$", part, re.MULTILINE)
    assert all(reason.strip() for _, _, reason in rows)
    return {table: set(re.findall(r"`(\w+)`", columns)) for table, columns, _ in rows}


def test_every_clear_field_is_named_with_its_reason() -> None:
    import forum.safeguarding.intake
    import forum.safeguarding.triage  # noqa: F401  (the two doors know all tables)
    from forum.safeguarding.vault.db import vault_db

    present = {
        table.name: {column.name for column in table.columns} - EXPLAINED - BOXES
        for table in vault_db.metadata.tables.values()
    }
    page = named()
    assert {table: columns for table, columns in present.items() if columns != page.get(table, set())} == {}
    assert set(page) <= set(present)


def test_a_box_is_never_a_readable_column() -> None:
    import forum.safeguarding.intake
    import forum.safeguarding.triage  # noqa: F401
    from forum.safeguarding.vault.db import vault_db

    boxes = [
        column
        for table in vault_db.metadata.tables.values()
        for column in table.columns
        if column.name in BOXES
    ]
    assert len(boxes) > 40
    assert {str(column.type) for column in boxes} == {"BLOB"}
