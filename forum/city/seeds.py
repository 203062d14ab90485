"""Words of a pack: seeds.toml, samples.jsonl and synonyms.toml."""

from collections.abc import Collection
from pathlib import Path

from forum.city.documents import Entry, read_document, read_lines
from forum.city.faults import Faults
from forum.city.types import Sample, SampleReply, Seed
from forum.doors import rules

KINDS = ("experience", "advice", "empathy", "info")
TITLE_LONGEST, BODY_LONGEST = 60, 2000
AGES = (-1, 239)
SEED_KEYS = (
    "id", "title", "body", "board", "child_age_min_months", "child_age_max_months", "services", "source",
)  # fmt: skip
SAMPLE_KEYS = (
    "id", "title", "body", "board", "child_age_months", "district", "days_ago", "solved", "me_too", "replies"
)  # fmt: skip
REPLY_KEYS = ("body", "kind", "hours_after", "helped", "voice")
HOURS_BETWEEN = 6.0


def read_seeds(
    path: Path, boards: Collection[str], services: Collection[str], numbers: frozenset[str], faults: Faults
) -> tuple[Seed, ...]:
    """seeds.toml. `numbers` are those that the pack shows; a text may name no other."""
    document = read_document(path, ("seed",), faults)
    if document is None:
        return ()
    document.top.only(())
    seeds: dict[str, Seed] = {}
    for entry in document.tables.get("seed", []):
        entry.only(SEED_KEYS)
        low = entry.whole("child_age_min_months", *AGES)
        high = entry.whole("child_age_max_months", *AGES)
        if low is not None and high is not None and low > high:
            entry.say("child_age_min_months", f"月齢の下限（{low}）が上限（{high}）より上です。")
        named = entry.words("services", empty=True)
        for service in named:
            if service not in services:
                entry.say("services", f"サービス「{service}」は services.csv にありません。")
        name = entry.id(seeds)
        seeds[name] = Seed(
            id=name,
            title=_told(entry, "title", TITLE_LONGEST, numbers),
            body=_told(entry, "body", BODY_LONGEST, numbers),
            board=entry.choice("board", boards),
            child_age_min_months=low,
            child_age_max_months=high,
            services=named,
            source=entry.text("source"),
        )
    if not seeds:
        faults.add(path.name, 1, "[[seed]] が一つもありません。")
    return tuple(seeds.values())


def read_samples(
    path: Path, boards: Collection[str], places: Collection[str], numbers: frozenset[str], faults: Faults
) -> tuple[Sample, ...]:
    """samples.jsonl; nothing when the pack has none. `places` are districts and blocks."""
    if not path.exists():
        return ()
    samples: dict[str, Sample] = {}
    for entry in read_lines(path, faults):
        entry.only(SAMPLE_KEYS)
        name = entry.id(samples)
        replies = tuple(_reply(one, number, numbers) for number, one in enumerate(entry.parts("replies"), 1))
        samples[name] = Sample(
            id=name,
            title=_told(entry, "title", TITLE_LONGEST, numbers),
            body=_told(entry, "body", BODY_LONGEST, numbers),
            board=entry.choice("board", boards),
            child_age_months=entry.whole("child_age_months", *AGES),
            district=entry.choice("district", places, empty=True),
            days_ago=entry.number("days_ago", 0, 365, 0) or 0.0,
            solved=entry.flag("solved"),
            me_too=entry.whole("me_too", 0, 999) or 0,
            replies=replies,
        )
    return tuple(samples.values())


def _reply(entry: Entry, number: int, numbers: frozenset[str]) -> SampleReply:
    entry.only(REPLY_KEYS)
    after = entry.number("hours_after", 0, 24 * 365, HOURS_BETWEEN * number)
    return SampleReply(
        body=_told(entry, "body", BODY_LONGEST, numbers),
        kind=entry.choice("kind", KINDS),
        hours_after=HOURS_BETWEEN * number if after is None else after,
        helped=entry.whole("helped", 0, 999) or 0,
        voice=entry.text("voice", empty=True) or f"reply-{number}",
    )


def _told(entry: Entry, key: str, longest: int, numbers: frozenset[str]) -> str:
    text = entry.text(key, longest=longest)
    for number in sorted(rules.numbers_in(text) - numbers):
        entry.say(key, f"「{key}」の電話番号「{number}」は、確認ずみの番号にありません。")
    return text


def check_synonyms(path: Path, categories: Collection[str], faults: Faults) -> None:
    """synonyms.toml: the city's own words, in the form of the national table of words."""
    document = read_document(path, ("group",), faults)
    if document is None:
        return
    document.top.only(())
    known: set[str] = set()
    for entry in document.tables.get("group", []):
        entry.only(("id", "weight", "words", "needs", "owner"))
        name = entry.text("id")
        if name in known:
            entry.say("id", f"「id」の「{name}」が二度出てきます。")
        known.add(name)
        entry.words("words")
        entry.number("weight", 0, 1)
        for need in entry.words("needs", empty=True):
            if need not in categories:
                entry.say("needs", f"支援の種類「{need}」はありません。")
