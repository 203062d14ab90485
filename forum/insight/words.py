"""What statuses and tables are called on pages, and the reply that an answer becomes."""

from flask_babel import gettext as _

from forum.city.types import CityPack
from forum.insight import rules
from forum.insight.types import Answer, Status
from forum.privacy.suppression import TOTAL


def status_word(status: Status | None) -> str:
    """A status as readers see it; "" before the city said anything."""
    words = {
        Status.RECEIVED: _("受けとった"),
        Status.CONSIDERED: _("検討中"),
        Status.DONE: _("実施"),
        Status.REFUSED: _("できない"),
        None: "",
    }
    return words[status]


def as_reply(answer: Answer) -> str:
    """The text with which an answer stands in its thread."""
    first = _("「%(status)s」になりました。", status=status_word(answer.status))
    return f"{first}\n{answer.reason}" if answer.reason else first


def column_word(axis: str, name: str, pack: CityPack) -> str:
    """What a column of a table is called."""
    if name == TOTAL:
        return _("合計")
    if name == rules.NONE:
        return _("書いていない")
    if axis == "found":
        return _("使える支援が見つからなかった") if name == rules.UNMET else _("使える支援があった")
    if axis == "age":
        return next((band.label for band in pack.age_bands if band.id == name), name)
    return name


def theme_word(name: str, pack: CityPack) -> str:
    """What a row is called: the kind of service that the words ask for."""
    if name == TOTAL:
        return _("合計")
    return next((one.label for one in pack.categories if one.id == name), _("とくに求めるものなし"))


def axis_word(axis: str) -> str:
    """What a table shows."""
    words = {
        "found": _("使える支援があったか"),
        "age": _("子どもの年齢ごと"),
        "block": _("住んでいる地区ごと"),
    }
    return words[axis]


def month_word(month: str) -> str:
    """2026-10 as people write it."""
    year, number = month.split("-")
    return _("%(year)s年%(month)s月", year=int(year), month=int(number))
