"""Links in a normalised text: which are a person's place in the net, and which anybody may follow."""

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from forum.privacy.types import Find, Public

_ENDINGS = (
    "com|net|org|jp|me|io|info|biz|app|dev|page|site|blog|shop|club|link|be|co|tv|gg|ly|gl|cc|to|ee|us|uk|kr|cn|tw|"
    "online|store|work|fun|life|moe|tokyo|osaka|xyz|space|website|family|baby|photo|photos|id|social|live"
)
_LETTERS = r"[a-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]"
_LINK = re.compile(
    rf"(?:(?<![a-z0-9])(?:h?ttps?|hxxps?)(?:://|:/|：//){_LETTERS}+"
    rf"|(?<![a-z0-9@._\-/])(?:[a-z0-9\-]{{1,63}}\.){{1,5}}(?:{_ENDINGS})(?![a-z0-9\-])(?:[/?#:]{_LETTERS}*)?)"
)
_SCHEME = re.compile(r"[a-z]+:/{1,2}")
_TRAILING = ".,;:!?'*~_-&("
_PAIRS = {")": "(", "]": "["}

_OFFICIAL = re.compile(
    r"(?:\A|\.)(?:go|lg|ed|ac)\.jp\Z|(?:\A|\.)(?:city|pref|town|vill|metro)\.[a-z0-9.\-]+\.jp\Z"
)
# Where an address names a person or a circle of friends, or hides where it leads. First by a part
# of the host (instagram.com, instagram.example), then hosts whose parts are too short for that.
_BRANDS = frozenset(
    "instagram facebook twitter threads tiktok ameblo ameba hatenablog hateblo livedoor fc2 blogspot "
    "wordpress tumblr pinterest bsky mixi mixi2 discord discordapp linktr peing seesaa exblog cocolog "
    "jugem muragon telegram kakao skype snapchat bereal clubhouse mastodon misskey mstdn linkedin github "
    "gitlab jmty mercari minne creema spoon voicy pococha showroom twitcasting dropbox icloud onedrive "
    "30d zoom calendly paypay kyash marshmallow tinyurl".split()
)
_HOSTS = frozenset(
    "x.com t.co t.me fb.com fb.me pin.it line.me lin.ee wa.me lit.link note.com note.mu stand.fm 17.live "
    "bit.ly goo.gl ux.nu ow.ly is.gd x.gd onl.la onl.bz forms.gle forms.office.com docs.google.com "
    "drive.google.com photos.google.com meet.google.com room.rakuten.co.jp".split()
)
_PEOPLE = frozenset(
    "blog blogs diary user users u profile profiles people member members author authors account accounts "
    "channel c room rooms friends mypage homepage fan home_page".split()
)
_ACCOUNT_KEY = re.compile(r"[?&](?:user|user_?id|user_?name|uid|account|profile|member|author|screen_?name)=")
_HANDLE = re.compile(
    r"(?=.*(?:_|[0-9]{2}\Z|mama|papa|chan|kun))[a-z0-9][a-z0-9._\-]*"  # hana_k, hana88, yuzu-papa
)
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|csv|zip|jpe?g|png|heic|mp4|mov)\Z")
_VIDEO_HOSTS = ("youtube.com", "youtu.be", "nicovideo.jp")


class Link(NamedTuple):
    """One link; host without port, path with what follows it, both lower-case."""

    start: int
    end: int
    host: str
    path: str


def find_links(text: str, public: Public) -> Iterator[Find]:
    """Links to a person's page, to shared files outside of public offices, and shortened links."""
    for link in _links(text):
        if not _is_official(link.host) and _is_personal(link):
            yield Find(link.start, link.end, "url")


def official_links(text: str) -> Iterator[tuple[int, int]]:
    """Where links to public offices and schools stand; what looks like a number there is none."""
    return ((link.start, link.end) for link in _links(text) if _is_official(link.host))


def trimmed(address: str) -> str:
    """Without the punctuation of the sentence around it: (see https://example.jp/a_(b))."""
    while True:
        last = address[-1:]
        unpaired = last in _PAIRS and address.count(last) > address.count(_PAIRS[last])
        if not (last and (last in _TRAILING or unpaired)):
            return address
        address = address[:-1]


def _links(text: str) -> Iterator[Link]:
    for found in _LINK.finditer(text):
        kept = trimmed(found.group())
        address = _SCHEME.sub("", kept, count=1)
        host, path = _parted(address)
        if "." in host:
            yield Link(found.start(), found.start() + len(kept), host, path)


def _parted(address: str) -> tuple[str, str]:
    cut = min((address.find(mark) for mark in "/?#" if mark in address), default=len(address))
    return address[:cut].split("@")[-1].split(":")[0].removeprefix("www."), unquote(address[cut:])


def _is_official(host: str) -> bool:
    return bool(_OFFICIAL.search(host))


def _is_personal(link: Link) -> bool:
    host, path = link.host, link.path
    if host.endswith(_VIDEO_HOSTS):
        return path.startswith(("/@", "/c/", "/channel/", "/user/"))
    if any(host == name or host.endswith("." + name) for name in _HOSTS):
        return True
    labels = host.split(".")
    if any(label in _BRANDS or label.startswith("blog") or label.endswith("blog") for label in labels[:-1]):
        return True
    return _names_somebody(path)


def _names_somebody(path: str) -> bool:
    """Whether the path is somebody's corner of a site, or a file that somebody shares."""
    if _ACCOUNT_KEY.search(path):
        return True
    segments = [part for part in re.split(r"[?#]", path)[0].split("/") if part]
    if any(part.startswith(("@", "~")) for part in segments):
        return True
    if any(part in _PEOPLE for part in segments[:-1]) or (segments and bool(_FILE.search(segments[-1]))):
        return True
    return len(segments) == 1 and bool(_HANDLE.fullmatch(segments[0]))
