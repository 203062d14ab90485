"""Who is led from the forum to the letterbox, and where its entrances are. Pure.

A search is shorter than a worry, so beside the signs of a text a few plain words are enough. Whoever is
led there by mistake loses nothing: the page is for everybody, a parent in fear of themselves included.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from forum.language.normalise import normalise, to_hiragana

CONCERN, CHILD = "concern", "child"
SEARCH_LONGEST = 40  # characters; a longer text tells more, and its signs are read instead


def _folded(text: str) -> str:
    return to_hiragana(normalise(text))


def _words(text: str) -> tuple[str, ...]:
    return tuple(_folded(word) for word in text.split())


_NAMED = _words("虐待 ぎゃくたい 児童相談所 児相 ネグレクト 通告 いちはやく")
_HEARD = _words(
    "泣き声 なきごえ 泣き叫 泣いて ないてる 叫び声 さけび声 悲鳴 怒鳴り声 どなり声 怒鳴って 締め出 叩く音 "
    "あざ 痩せ 通報"
)
_SOMEWHERE = _words(
    "隣 となり 近所 上の階 下の階 向かいの 裏の家 マンション アパート 団地 よその 毎晩 匿名 通報"
)
_STAFF = _words("先生 保育士 園の 園で 園長 保育園 幼稚園 こども園 教師 担任 指導員 部活 学童")
_HURT = _words("体罰 叩く 叩い 叩か たたく たたい たたか 殴 なぐ 蹴 怒鳴 どなる どなら 暴言 触られ さわられ")
_ELSE = _words("夜泣き 工事 犬 猫 荒らし 迷惑メール")


def lead_of(text: str, themes: Sequence[str]) -> str:
    """CHILD where a child seems to write, CONCERN where somebody is worried about one, else ""."""
    if "child" in themes:
        return CHILD
    return CONCERN if "child_safety" in themes or _named(text) else ""


def _named(text: str) -> bool:
    plain = _folded(text)
    if len(plain) > SEARCH_LONGEST or any(word in plain for word in _ELSE):
        return False
    if any(word in plain for word in _NAMED):
        return True
    heard = {word for word in _HEARD if word in plain}
    somewhere = {word for word in _SOMEWHERE if word in plain}
    pair = bool(heard and somewhere) and len(heard | somewhere) > 1
    return pair or (any(word in plain for word in _STAFF) and any(word in plain for word in _HURT))


@dataclass(frozen=True)
class Ways:
    """The addresses of the letterbox's entrances."""

    home: str
    child: str
    professional: str
    staff: str
    own: str
    visited: str


def ways(letterbox: str) -> Ways | None:
    """The entrances of a letterbox at that address; None where the city has none."""
    if not letterbox:
        return None
    root = letterbox.rstrip("/") + "/"
    return Ways(root, *(root + path for path in ("child/", "pro", "other", "self", "visited")))
