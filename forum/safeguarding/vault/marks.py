"""A report as its reporter sorted it afterwards: what was seen or heard, and what would give them away.

The report itself stays as it arrived. A later message may name its paragraphs again, word for word,
with their kind and mark; whoever shows or prints the report joins the two here.
"""

from collections.abc import Iterable
from dataclasses import replace

from forum.safeguarding.vault.content import Content, Paragraph
from forum.safeguarding.vault.questions import MARKS, MARKS_REPORT


def is_marking(message: Content) -> bool:
    """True if the paragraphs of a message are those of the report itself, sorted and marked."""
    return message.answers.get(MARKS) == MARKS_REPORT


def marked(report: Content, messages: Iterable[Content]) -> Content:
    """The report with the kinds and marks of later messages. A mark is never taken away again."""
    for message in messages:
        if is_marking(message):
            later = {one.text: one for one in message.paragraphs}
            report = replace(
                report,
                paragraphs=tuple(_joined(one, later.get(one.text)) for one in report.paragraphs),
                clue_telling=report.clue_telling or message.clue_telling,
            )
    return report


def _joined(before: Paragraph, after: Paragraph | None) -> Paragraph:
    if after is None:
        return before
    if after.kind == "told":
        return replace(before, telling=before.telling or after.telling)
    return Paragraph(before.text, after.kind, after.who or before.who, before.telling or after.telling)
