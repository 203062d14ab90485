"""Hiding what tells strangers who or where a writer is."""

import re

from forum.language.normalise import spelled
from forum.language.tokens import remembering
from forum.privacy.accounts import find_accounts
from forum.privacy.addresses import find_addresses
from forum.privacy.employers import find_employers
from forum.privacy.institutions import find_institutions
from forum.privacy.links import find_links, official_links
from forum.privacy.mails import find_mails
from forum.privacy.names import find_names
from forum.privacy.phones import find_phones
from forum.privacy.plates import find_plates
from forum.privacy.types import Detector, Find, Masked, Public, Span

REPLACEMENTS = {
    "email": "（メールアドレス）",
    "phone": "（電話番号）",
    "url": "（リンク）",
    "line_id": "（アカウント）",
    "address": "（住所）",
    "plate": "（車のナンバー）",
    "school_name": "（学校や園の名前）",
    "institution": "（施設の名前）",
    "person_name": "（名前）",
}
FORCED = frozenset({"email", "phone", "line_id", "address", "plate"})
# Where two details overlap they are hidden as one, of the kind that is found first here.
DETECTORS: tuple[Detector, ...] = (
    find_mails,
    find_links,
    find_phones,
    find_accounts,
    find_plates,
    find_addresses,
    find_institutions,
    find_employers,
    find_names,
)

_NOT_A_DIGIT = re.compile(r"[^0-9#]")


def mask(
    text: str, service_numbers: frozenset[str] = frozenset(), districts: frozenset[str] = frozenset()
) -> Masked:
    """The details in `text`: telephone, mail, account ids, plates, addresses, links, names, employers.

    `service_numbers` are numbers of public services in any spelling; they stay readable, and so do
    short ones (189, 119, #8000). `districts` are the city's school districts. About 20 ms for 300
    characters, most of it Janome; linear in practice.
    """
    spelling = spelled(text)
    numbers = frozenset(_NOT_A_DIGIT.sub("", spelled(number).text) for number in service_numbers)
    public = Public(numbers, districts)
    spans: list[Span] = []
    with remembering():  # the detectors of names share one analysis
        merged = _merged(spelling.text, public)
    for find in merged:
        start, end = spelling.starts[find.start], spelling.ends[find.end - 1]
        start = max(start, spans[-1].end) if spans else start
        if start < end:
            spans.append(
                Span(start, end, find.kind, text[start:end], REPLACEMENTS[find.kind], find.kind in FORCED)
            )
    return Masked(text, tuple(spans))


def _merged(text: str, public: Public) -> list[Find]:
    """Finds in order of place, overlapping ones as one."""
    official = list(official_links(text))
    finds = [
        (find.start, find.end, rank, find.kind)
        for rank, detector in enumerate(DETECTORS)
        for find in detector(text, public)
        if find.start < find.end and not any(s <= find.start and find.end <= e for s, e in official)
    ]
    merged: list[tuple[int, int, int, str]] = []
    for start, end, rank, kind in sorted(finds):
        if merged and start < merged[-1][1]:
            last = merged[-1]
            rank, kind = min((last[2], last[3]), (rank, kind))
            merged[-1] = (last[0], max(last[1], end), rank, kind)
        else:
            merged.append((start, end, rank, kind))
    return [Find(start, end, kind) for start, end, _, kind in merged]
