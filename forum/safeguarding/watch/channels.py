"""The ways by which a notice leaves the house. One that fails never stops another.

Without a mail server there is no mail; that is not hidden, it is an alarm on the inbox.
"""

from typing import Protocol

from forum.mail import smtp
from forum.mail.smtp import MailSettings, Undelivered, read_settings
from forum.safeguarding.watch.notices import Notice

__all__ = ["Channel", "Mail", "MailSettings", "Undelivered", "read_settings"]


class Channel(Protocol):
    """One way to tell a person. `name` is at most ten letters."""

    name: str

    def send(self, address: str, notice: Notice) -> None:
        """Tell one person. Raises Undelivered."""


class Mail:
    """Plain mail, one message a person."""

    name = "mail"

    def __init__(self, settings: MailSettings) -> None:
        self.settings = settings

    def send(self, address: str, notice: Notice) -> None:
        """Hand one mail over. Raises Undelivered; the fault is a class name, never an answer's text."""
        smtp.send(self.settings, address, notice.subject, notice.body)
