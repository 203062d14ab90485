"""One straight line of revisions per database, and models that equal what they build."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import inspect

from config import Door
from forum import migrating
from tests.conftest import make_settings

# Revisions without a data test, each with its reason.
WITHOUT_DATA = {
    "forum": {
        "0001": "the first revision: there is nothing to move",
        "0002": "new tables, empty at first",
        "0003": "new columns with a default; new tables, empty at first",
    },
    "vault": {"0001": "the first one", "0002": "new tables, empty at first"},
}


def wing(name: str, folder: Path) -> tuple[Flask, SQLAlchemy]:
    """An app of one wing on an empty database, and its handle."""
    if name == "forum":
        from forum.app import create_forum_app
        from forum.db import db

        return create_forum_app(make_settings(folder)), db
    import forum.safeguarding.triage  # noqa: F401  (the letterbox alone does not load the desk's tables)
    from forum.safeguarding.intake import create_intake_app
    from forum.safeguarding.vault.db import vault_db

    return create_intake_app(make_settings(folder, Door.INTAKE)), vault_db


@pytest.mark.parametrize("name", ["forum", "vault"])
def test_up_from_nothing_gives_exactly_the_models_and_down_again_nothing(name: str, tmp_path: Path) -> None:
    app, handle = wing(name, tmp_path)
    with app.app_context():
        migrating.upgrade(name)
        with handle.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, handle.metadata) == []
        migrating.downgrade(name, "base")
        assert set(inspect(handle.engine).get_table_names()) <= {"alembic_version"}
        migrating.upgrade(name)
        migrating.upgrade(name)


@pytest.mark.parametrize("name", ["forum", "vault"])
def test_the_line_is_straight_and_each_revision_is_accounted_for(name: str) -> None:
    script = ScriptDirectory.from_config(migrating.config_of(name))
    assert len(script.get_heads()) == 1 and len(script.get_bases()) == 1
    assert {revision.revision for revision in script.walk_revisions()} == set(WITHOUT_DATA[name])
