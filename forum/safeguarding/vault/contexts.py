"""The places for which things are sealed. What was sealed for one place opens in no other."""

from forum.sealing.content import REFERRAL

FORUM = "forum"  # the entrance of what came through the hatch


def body(report_id: str, entrance: str) -> str:
    """What was told. The forum seals without knowing the report's id."""
    return REFERRAL if entrance == FORUM else f"report:{report_id}:body"


def identity(report_id: str) -> str:
    """Who told it."""
    return f"report:{report_id}:identity"


def report_file(report_id: str, position: int) -> str:
    """A file that came with a report."""
    return f"report:{report_id}:file:{position}"


def message(once: str) -> str:
    """A message, by the ticket it was sent with."""
    return f"message:{once}"


def message_file(once: str, position: int) -> str:
    """A file that came with a message."""
    return f"message:{once}:file:{position}"


def reply(report_id: str) -> str:
    """A message of the desk, sealed to the reporter's words."""
    return f"report:{report_id}:reply"
