"""Plain mail by SMTP, one message a person, so that nobody reads who else is told.

KOSODATE_SMTP_HOST, _PORT (587), _FROM, _USER, _PASSWORD_FILE, _TLS (starttls, tls or none). Without a
host there is no mail; that is not hidden, whoever would have been told sees it on their page.
"""

import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path

from config import SettingsError

TIMEOUT = 8.0  # seconds; well below the time after which the worker counts as silent
SECURITY = ("starttls", "tls", "none")


class Undelivered(Exception):
    """A mail did not go out. `everybody`: the channel itself is down, trying the next one is no use."""

    def __init__(self, fault: str, *, everybody: bool) -> None:
        super().__init__(fault)
        self.fault = fault
        self.everybody = everybody


@dataclass(frozen=True)
class MailSettings:
    """Where and how mail is handed over. `password` never appears in its repr."""

    host: str
    port: int
    sender: str
    user: str
    password: str
    security: str

    def __repr__(self) -> str:
        return f"MailSettings({self.host}:{self.port})"


def read_settings(env: Mapping[str, str]) -> MailSettings | None:
    """The mail settings of an environment; None where no host is named. Raises SettingsError."""
    host = env.get("KOSODATE_SMTP_HOST", "")
    if not host:
        return None
    sender = env.get("KOSODATE_SMTP_FROM", "")
    if "@" not in sender:
        raise SettingsError("KOSODATE_SMTP_FROM: write the address that notices come from.")
    port = env.get("KOSODATE_SMTP_PORT") or "587"
    if not (port.isascii() and port.isdigit()):
        raise SettingsError("KOSODATE_SMTP_PORT: write a whole number.")
    security = env.get("KOSODATE_SMTP_TLS") or "starttls"
    if security not in SECURITY:
        raise SettingsError(f"KOSODATE_SMTP_TLS: choose one of {', '.join(SECURITY)}.")
    user, password = env.get("KOSODATE_SMTP_USER", ""), ""
    if user:
        path = Path(env.get("KOSODATE_SMTP_PASSWORD_FILE", ""))
        if not path.is_file():
            raise SettingsError("KOSODATE_SMTP_PASSWORD_FILE: there is no such file.")
        password = path.read_text(encoding="utf-8").strip()
    if user and security == "none" and host not in ("localhost", "127.0.0.1", "::1"):
        raise SettingsError("KOSODATE_SMTP_TLS=none: a password is not sent in the clear to another machine.")
    return MailSettings(host, int(port), sender, user, password, security)


def send(settings: MailSettings, address: str, subject: str, body: str) -> None:
    """Hand one mail over. Raises Undelivered; the fault is a class name, never an answer's text."""
    try:
        message = _message(settings, address, subject, body)
        with _connected(settings) as server:
            server.send_message(message)
    except (smtplib.SMTPRecipientsRefused, ValueError) as error:
        raise Undelivered(type(error).__name__, everybody=False) from None
    except (OSError, smtplib.SMTPException) as error:
        raise Undelivered(type(error).__name__, everybody=True) from None


def _message(settings: MailSettings, address: str, subject: str, body: str) -> EmailMessage:
    """Raises ValueError for an address that would add headers of its own."""
    message = EmailMessage()
    message["From"] = settings.sender
    message["To"] = address
    message["Subject"] = subject
    message["Date"] = formatdate(usegmt=True)
    message["Message-ID"] = make_msgid(domain=settings.sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"  # no holiday answers
    message.set_content(body)
    return message


def _connected(given: MailSettings) -> smtplib.SMTP:
    if given.security == "tls":
        context = ssl.create_default_context()
        server: smtplib.SMTP = smtplib.SMTP_SSL(given.host, given.port, timeout=TIMEOUT, context=context)
    else:
        server = smtplib.SMTP(given.host, given.port, timeout=TIMEOUT)
    try:
        if given.security == "starttls":
            server.starttls(context=ssl.create_default_context())
        if given.user:
            server.login(given.user, given.password)
    except BaseException:
        server.close()
        raise
    return server
