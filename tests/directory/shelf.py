"""A small town's services and kinds of services."""

from __future__ import annotations

from typing import Any

from forum.city.types import Category
from forum.directory.types import Location, Service
from forum.language.concepts import Thesaurus

KINDS = {
    "family_consultation": "子育て相談",
    "postpartum_care": "産後ケア",
    "after_school": "放課後",
    "temporary_care": "一時預かり",
    "family_support": "ファミリーサポート",
    "health_checkup": "健診",
    "dv_women": "パートナーの暴力の相談",
    "child_guidance_center": "子どもの安全の相談",
    "drop_in_center": "子育てひろば",
    "medical_urgent": "急な病気",
    "information": "案内",
}
CATEGORIES = [Category(kind, label, label) for kind, label in KINDS.items()]
THESAURUS = Thesaurus.load()


def service(name: str, category: str, district: str = "", **facts: Any) -> Service:
    """A confirmed service of the whole town, unless told otherwise."""
    facts = {"id": name, "verified": True, **facts}
    places = (Location(district=district),) if district else ()
    return Service(name=name, category=category, locations=places, **facts)


TOWN = (
    service("相談室", "family_consultation", description="子どもと家庭のことを話せる。"),
    service("産後の宿", "postpartum_care", minimum_age=0, maximum_age=12, description="泊まって休む。"),
    service("学童", "after_school", minimum_age=72, maximum_age=155, description="小学生の放課後。"),
    service("一時保育", "temporary_care", minimum_age=6, maximum_age=83, description="子どもを預かる。"),
    service("子育て援助", "family_support", description="送り迎えや預かりを地域の人が手つだう。"),
    service("4か月児健診", "health_checkup", minimum_age=4, maximum_age=5),
    service("女性の電話", "dv_women"),
    service("安全の電話", "child_guidance_center"),
    service("東のひろば", "drop_in_center", "東学区", description="親子で遊ぶ。"),
    service("西のひろば", "drop_in_center", "西学区", description="親子で遊ぶ。"),
)
