"""One way of writing for comparing: kana without spaces, long marks and contractions.

シニターイ, し に た い, 死にたぃ and ﾀﾋにたい are read alike; ちゃった is てしまった, てる is ている.
"""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from forum.language.normalise import Spelled, spelled, to_hiragana

_SMALL = str.maketrans("ぁぃぅぇぉ", "あいうえお")
# カッター keeps its mark (かった is another word), しにたーい does not.
_DROPPED = re.compile(r"(?<=[ぁ-ん])[ー~]+|[~ ']|っ(?=っ)|(?<=[ぁ-ん])-(?=[ぁ-ん])")
# What people write instead of the word, to get past a filter or because it is hard to write.
_VEILED = (
    (re.compile(r"たひ(?=ぬ|に(?:た|そ|ま|ゆ)|ね|ん[でだ])"), "死"),
    (re.compile(r"(?:氏|(?<![0-9])4)(?=に(?:た[いくかみ]|そう)|ん(?:だほうが|だ方が))"), "死"),
    (re.compile(r"(?<=[死し])[○〇◯●*×・](?=た[いくか])"), "に"),
    (re.compile(r"(?<=[自首])[○〇◯●*×]"), "殺"),
)
_SPOKEN = (
    (re.compile(r"ちゃ(?=[うっいわえお])|(?<![あおかち])ちま(?=[うっいわえお])"), "てしま"),
    (re.compile(r"じゃ(?=っ[たて]|う[かの。!?]|いそう|いた)"), "でしま"),
    (re.compile(r"てま(?=う(?!す)|い(?:そう|た)|っ[たて])|てしも(?=[うた])|ても(?=うた)"), "てしま"),
    (re.compile(r"(?<=てしま)う?(?=た(?![いくかめ]))"), "っ"),
    (
        re.compile(
            r"(?<=[てで])(?=る(?!い|く|か[らな]?[ぎ])|た(?![いくかめらち])|ない|なく|なか|て[、。]|んの?[でだや])"
        ),
        "い",
    ),
    (re.compile(r"(?<=[ぁ-ん])と(?=る|った|って)(?<=[しきぎいっんけてべめれせねち]と)"), "てい"),
)


class Folded(NamedTuple):
    """A folded text; its character i was typed at `[starts[i]:ends[i]]`."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


def fold(text: str) -> Folded:
    """Pure, one pass a rule; the offsets lead back to the text as typed."""
    given: Spelled = spelled(text)
    plain = _replaced(Folded(given.text, given.starts, given.ends), _DROPPED, lambda _: "")
    folded = plain._replace(text=to_hiragana(plain.text).translate(_SMALL))
    for pattern, written in (*_VEILED, *_SPOKEN):
        folded = _replaced(folded, pattern, lambda _, written=written: written)  # type: ignore[misc]
    return folded


def _replaced(folded: Folded, pattern: re.Pattern[str], by: Callable[[re.Match[str]], str]) -> Folded:
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    place = 0
    for match in pattern.finditer(folded.text):
        letters.append(folded.text[place : match.start()])
        starts += folded.starts[place : match.start()]
        ends += folded.ends[place : match.start()]
        put = by(match)
        at = min(match.start(), len(folded.starts) - 1)
        last = max(match.end() - 1, at)
        letters.append(put)
        starts += [folded.starts[at]] * len(put)
        ends += [folded.ends[last]] * len(put)
        place = match.end()
    if not letters:
        return folded
    letters.append(folded.text[place:])
    starts += folded.starts[place:]
    ends += folded.ends[place:]
    return Folded("".join(letters), starts, ends)
