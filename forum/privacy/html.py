"""The one place where text of people becomes HTML, and the one caller of bleach."""

import re
from functools import lru_cache
from urllib.parse import urlsplit

import bleach
from markupsafe import Markup, escape

from forum.privacy.input import clean_input
from forum.privacy.links import trimmed

LONGEST = 20_000  # characters; posts are far shorter, and the parser behind bleach must not be fed more
MOST_LINKS = 100  # further addresses stay plain text
_TAGS = frozenset({"p", "br", "a"})
_ATTRIBUTES = {"a": ["href", "rel"]}
_PROTOCOLS = frozenset({"http", "https"})
_REL = "nofollow ugc noopener noreferrer"

_PARAGRAPHS = re.compile(r"\n[ \u3000]*(?:\n[ \u3000]*)+")
# ASCII only: in Japanese no space follows an address, the sentence simply goes on.
_ADDRESS = re.compile(
    r"(?<![a-z0-9])https?://[a-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]{1,2000}", re.IGNORECASE | re.ASCII
)
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9\-]{1,62}", re.IGNORECASE)


@lru_cache(maxsize=512)
def render(text: str) -> Markup:
    """Plain text as paragraphs with line breaks and links; safe as element content of a page, only there.

    An empty line makes a paragraph. Whatever looks like markup is shown as typed. Characters beyond
    `LONGEST` are left out. The source stays the plain text: this is made anew for every page.
    """
    plain = clean_input(text[:LONGEST]).strip("\n")
    links = 0
    paragraphs = []
    for paragraph in _PARAGRAPHS.split(plain):
        inner, links = _paragraph(paragraph, links)
        if inner.strip():
            paragraphs.append(f"<p>{inner}</p>")
    html = "".join(paragraphs)
    html = bleach.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, protocols=_PROTOCOLS, strip=True)
    return Markup(html)  # noqa: S704 - escaped above, and bleach was the last to touch it


def _paragraph(text: str, links: int) -> tuple[str, int]:
    parts = []
    place = 0
    for found in _ADDRESS.finditer(text):
        address = trimmed(found.group())
        if links >= MOST_LINKS or not _leads_somewhere(address):
            continue
        links += 1
        end = found.start() + len(address)
        parts.append(_escaped(text[place : found.start()]))
        parts.append(f'<a href="{escape(address)}" rel="{_REL}">{escape(address)}</a>')
        place = end
    parts.append(_escaped(text[place:]))
    return "".join(parts), links


def _escaped(text: str) -> str:
    return str(escape(text)).replace("\n", "<br>")


def _leads_somewhere(address: str) -> bool:
    """An absolute address of a named host; not https://bank.example@evil.example, nor a bare number."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    if parts.username is not None or "@" in parts.netloc or port == 0:
        return False
    return bool(_HOST.fullmatch(parts.hostname or ""))
