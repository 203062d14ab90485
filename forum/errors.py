"""What may go wrong on purpose. Everything else is a bug and may crash."""


class Refused(Exception):
    """A rule said no. `code` names the rule; `facts` are what the sentence on the page needs."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class NotFound(Exception):
    """The thing asked for is not there, or not for this visitor."""
