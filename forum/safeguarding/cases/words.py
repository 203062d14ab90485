"""The words for the kinds of a case."""

from collections.abc import Mapping

ENDS: Mapping[str, str] = {
    "seen": "安全確認済",
    "accepted": "ほかの機関が受けた",
    "unconfirmed": "確認できず・対象外",
}
# Only the first of these ends a clock: a child was seen by somebody whose work it is to look.
SIGHTINGS: Mapping[str, str] = {
    "in_person": "子ども本人を、職員が直接見た",
    "video": "画面ごしに見た",
    "adult_only": "大人にだけ会った",
    "heard": "園・学校などから聞いた",
    "missed": "会えなかった",
}
IN_PERSON = "in_person"
VERDICTS: Mapping[str, str] = {"not_found": "確認できず", "out_of_scope": "対象外"}
ENTRIES: Mapping[str, str] = {
    "fact": "事実（職員が見た・聞いた・確かめた）",
    "statement": "ほかの人の話",
    "opinion": "所見（職員の考え）",
    "action": "対応",
}
DISCLOSURE: Mapping[str, str] = {
    "undecided": "まだ決めていない（開示しないものとして扱う）",
    "open": "開示できる",
    "closed": "開示しない",
    "telling": "連絡した人が分かる（紙にも ほかの機関にも 出さない）",
}
ROLES: Mapping[str, str] = {
    "mother": "母",
    "father": "父",
    "living_together": "いっしょに住む人",
    "partner": "親の交際相手",
    "relative": "祖父母・親戚",
    "grown_sibling": "きょうだい（18歳以上）",
    "professional": "園・学校・医療などの人",
    "other": "そのほか",
}
TASKS: Mapping[str, str] = {
    "notice": "児相への一報",
    "transfer": "送致",
    "help": "援助要請",
    "inquiry": "照会",
    "visit": "訪問",
    "other": "そのほか",
}
EVENTS: Mapping[str, str] = {
    "absence": "登園・登校していない",
    "moved": "引っ越した・引っ越しの話がある",
    "checkup": "健診に来ていない",
    "again": "また心配な知らせがあった",
    "family": "家族が変わった（同居・出産など）",
    "other": "そのほかの変化",
}
OUTCOMES: Mapping[str, str] = {
    "supported": "支援をして終えた",
    "passed_on": "ほかの機関へ移した",
    "moved_away": "転出先の市町村へ移した",
    "grown_up": "18歳になった",
    "unfounded": "該当なし",
    "not_identified": "どこの子どもか分からないまま終えた",
}
UNFOUNDED = "unfounded"
AUTHORITIES: Mapping[str, str] = {"meeting": "会議", "supervisor": "上司"}
STATUSES: Mapping[str, str] = {
    "new": "受付（未読）",
    "open": "対応中",
    "closed": "終結",
    "merged": "まとめた",
}
