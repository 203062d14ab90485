"""Bring a wing's database to a revision. Needs the app of that wing; knows neither wing's tables."""

from alembic import command
from alembic.config import Config

from config import ROOT


def config_of(wing: str) -> Config:
    """Alembic's configuration for the revisions of "forum" or "vault"."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations" / wing))
    return config


def upgrade(wing: str, revision: str = "head") -> None:
    """Up to a revision, inside the wing's app context."""
    command.upgrade(config_of(wing), revision)


def downgrade(wing: str, revision: str) -> None:
    """Down to a revision, inside the wing's app context."""
    command.downgrade(config_of(wing), revision)
