"""The log of decisions takes lines and gives none back: the database itself refuses."""

_SQLITE = """
CREATE TRIGGER moderation_decision_no_update BEFORE UPDATE ON moderation_decision
BEGIN SELECT RAISE(ABORT, 'the log of decisions is append-only'); END;;
CREATE TRIGGER moderation_decision_no_delete BEFORE DELETE ON moderation_decision
BEGIN SELECT RAISE(ABORT, 'the log of decisions is append-only'); END;;
CREATE TRIGGER moderation_decision_no_replace BEFORE INSERT ON moderation_decision
WHEN EXISTS (SELECT 1 FROM moderation_decision WHERE number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'the log of decisions is append-only'); END
"""  # INSERT OR REPLACE removes a line without asking the trigger for deleting.
_POSTGRESQL = """
CREATE OR REPLACE FUNCTION moderation_decision_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the log of decisions is append-only'; END $$;;
CREATE TRIGGER moderation_decision_no_change BEFORE UPDATE OR DELETE ON moderation_decision
FOR EACH ROW EXECUTE FUNCTION moderation_decision_refuse();;
CREATE TRIGGER moderation_decision_no_truncate BEFORE TRUNCATE ON moderation_decision
FOR EACH STATEMENT EXECUTE FUNCTION moderation_decision_refuse()
"""
_FREE_SQLITE = """
DROP TRIGGER IF EXISTS moderation_decision_no_update;;
DROP TRIGGER IF EXISTS moderation_decision_no_delete;;
DROP TRIGGER IF EXISTS moderation_decision_no_replace
"""
_FREE_POSTGRESQL = "DROP FUNCTION IF EXISTS moderation_decision_refuse() CASCADE"


def append_only_ddl(dialect: str) -> tuple[str, ...]:
    """Statements after which no line of the log can be changed, removed or replaced.

    `dialect`: "sqlite" or "postgresql". A revision runs them after the table is made.
    """
    return _statements(_SQLITE if dialect == "sqlite" else _POSTGRESQL)


def free_ddl(dialect: str) -> tuple[str, ...]:
    """Statements that take the guard away: for the way down of a revision, and for emptying a test."""
    return _statements(_FREE_SQLITE if dialect == "sqlite" else _FREE_POSTGRESQL)


def _statements(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.split(";;"))
