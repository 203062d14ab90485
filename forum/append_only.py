"""Tables that take lines and give none back: the database itself refuses to change or remove one.

Whoever owns the database server can take the guard away; nobody can from a page, or with what this
program is allowed to do. A guarded table has a primary key `number`.
"""

from typing import Any

from sqlalchemy import Table, event

_SQLITE = (
    "CREATE TRIGGER {t}_no_update BEFORE UPDATE ON {t} BEGIN SELECT RAISE(ABORT, '{t} is append-only'); END",
    "CREATE TRIGGER {t}_no_delete BEFORE DELETE ON {t} BEGIN SELECT RAISE(ABORT, '{t} is append-only'); END",
    # INSERT OR REPLACE removes a line without asking the trigger above.
    (
        "CREATE TRIGGER {t}_no_replace BEFORE INSERT ON {t} "
        "WHEN EXISTS (SELECT 1 FROM {t} WHERE number = NEW.number) "
        "BEGIN SELECT RAISE(ABORT, '{t} is append-only'); END"
    ),
)
_POSTGRESQL = (
    (
        "CREATE OR REPLACE FUNCTION {t}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '{t} is append-only'; END $$"
    ),
    "CREATE TRIGGER {t}_no_change BEFORE UPDATE OR DELETE ON {t} FOR EACH ROW EXECUTE FUNCTION {t}_refuse()",
    "CREATE TRIGGER {t}_no_truncate BEFORE TRUNCATE ON {t} FOR EACH STATEMENT EXECUTE FUNCTION {t}_refuse()",
)
_FREE = {
    "sqlite": tuple(
        "DROP TRIGGER IF EXISTS {t}_" + name for name in ("no_update", "no_delete", "no_replace")
    ),
    "postgresql": ("DROP FUNCTION IF EXISTS {t}_refuse() CASCADE",),
}
_GUARD = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}
_guarded: list[str] = []


def guard_ddl(table: str, dialect: str) -> tuple[str, ...]:
    """Statements after which no line of a table can be changed, removed or replaced."""
    return tuple(statement.replace("{t}", table) for statement in _GUARD[dialect])


def free_ddl(table: str, dialect: str) -> tuple[str, ...]:
    """Statements that take the guard away: for the way down of a revision, and for emptying a test."""
    return tuple(statement.replace("{t}", table) for statement in _FREE[dialect])


def guard(table: Table) -> None:
    """Guard a table from its making on. A revision that makes it runs `guard_ddl` itself."""
    _guarded.append(table.name)

    @event.listens_for(table, "after_create")
    def made(target: Table, connection: Any, **given: Any) -> None:
        for statement in guard_ddl(target.name, connection.dialect.name):
            connection.exec_driver_sql(statement)


def guarded() -> tuple[str, ...]:
    """The tables that are guarded."""
    return tuple(_guarded)
