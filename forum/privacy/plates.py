"""Licence plates in a normalised text: みなと 500 さ 12-34, also without the class or the kana."""

import re
from collections.abc import Iterator

from forum.privacy.lists import listed
from forum.privacy.types import Find, Public

_OFFICE = "|".join(sorted(listed("plate_offices"), key=len, reverse=True))
_FOUR = r"(?:[0-9]{2}[- ]?[0-9]{2}|[・.]{1,3} ?[0-9][- ]?[0-9]{0,2}|[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,4})"
_KANA = r"[あ-んア-ンa-z]"
_END = r"(?![0-9])(?!(?:年|円|人|回|分|時|歳|番地|丁目|号|cm|kg|g|m|ml|日|月|点|名|%|度))"
_WHOLE = re.compile(
    rf"(?:{_OFFICE}) ?(?:ナンバー)?(?:の)? ?[0-9]{{2}}[0-9a-z] ?の? ?(?:{_KANA} ?の?|に) ?{_FOUR}{_END}"
    rf"|(?:{_OFFICE}) ?{_KANA} ?[0-9]{{1,2}}-[0-9]{{2}}{_END}"
    rf"|(?:{_OFFICE})ナンバーの? ?[0-9]{{2}}-?[0-9]{{2}}{_END}"
)
_SAID = re.compile(
    rf"(?:ナンバー(?:プレート)?|車の?番号|プレート)(?:は|が|の|:|、|「)?[ 「]?"
    rf"(?P<plate>(?:[0-9]{{2,3}} ?{_KANA} ?)?(?:[0-9]{{2}}-[0-9]{{2}}|[0-9]{{4}}|"
    rf"[・.]{{1,3}}[0-9]{{1,3}})){_END}"
)


def find_plates(text: str, public: Public) -> Iterator[Find]:
    """Plates with their office, and the four digits after the word for plate."""
    for found in _WHOLE.finditer(text):
        yield Find(*found.span(), "plate")
    for found in _SAID.finditer(text):
        yield Find(*found.span("plate"), "plate")
