"""The look of the house: what is vendored is what it says, colours can be read, forms say what is wrong."""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, render_template_string
from flask_babel import Babel
from jinja2 import StrictUndefined
from wtforms import BooleanField, Form, HiddenField, RadioField, SelectField, StringField, TextAreaField

from tests import dom

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "static"
VENDOR = STATIC / "web" / "vendor"
SHEETS = [p for p in sorted(STATIC.rglob("*.css")) if VENDOR not in p.parents]
SCRIPTS = sorted(STATIC.rglob("*.js"))
# What is read on what: text first, ground second. 4.5:1 is the AA measure for text.
GROUNDS = ("paper", "surface", "sunken", "brand-soft")
READ_ON = [
    *[(ink, ground) for ink in ("ink", "ink-quiet", "brand") for ground in GROUNDS],
    *[("ink", f"{name}-soft") for name in ("warm", "good", "bad")],
    *[(name, f"{name}-soft") for name in ("warm", "rose", "slate", "good", "bad")],
    *[(name, "surface") for name in ("warm", "rose", "good", "bad", "brand-deep")],
    *[("good", "brand-soft"), ("brand-deep", "brand-soft"), ("ink-quiet", "warm-soft")],
    *[("on-brand", "brand"), ("on-brand", "brand-deep"), ("ink", "marked"), ("surface", "bad")],
]
# Edges of fields and the ring of the focus: 3:1 is the measure for what is not text.
SEEN_ON = [
    *[("line-strong", "surface"), ("line-strong", "paper"), ("brand", "surface")],
    *[("focus", ground) for ground in GROUNDS],
]


def words_of(path: Path) -> str:
    """A style sheet or script without its comments."""
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE)


def palettes() -> dict[str, dict[str, str]]:
    """The colours by light: what the dark one does not say again stays as in the light one."""
    sheet = words_of(STATIC / "web" / "base.css")
    light, dark = sheet.split("@media (prefers-color-scheme: dark)", 1)
    said = r"--([a-z-]+): (#[0-9a-f]{6});"
    by_day, by_night = (dict(re.findall(said, part)) for part in (light, dark.split("@media")[0]))
    return {"light": by_day, "dark": by_day | by_night}


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, as WCAG 2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_vendored_files_are_those_of_the_manifest() -> None:
    listed = tomllib.loads((VENDOR / "MANIFEST.toml").read_text(encoding="utf-8"))["file"]
    for entry in listed:
        content = (VENDOR / entry["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == entry["sha256"], f"{entry['file']} was changed"
        assert entry["version"] and entry["licence"]
        assert (VENDOR / entry["licence_file"]).is_file()
    present = {p.name for p in VENDOR.iterdir()} - {"MANIFEST.toml"}
    assert present == {entry["file"] for entry in listed}


def test_the_measure_of_contrast_is_the_known_one() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("light", ["light", "dark"])
def test_every_text_can_be_read_on_its_ground(light: str) -> None:
    colours = palettes()[light]
    pale = [(a, b) for a, b in READ_ON if contrast(colours[a], colours[b]) < 4.5]
    pale += [(a, b) for a, b in SEEN_ON if contrast(colours[a], colours[b]) < 3]
    assert not pale, f"too pale in the {light} palette: {pale}"


def test_only_the_palette_and_paper_name_colours() -> None:
    for sheet in SHEETS:
        if sheet.name not in ("base.css", "print.css"):
            named = re.findall(r"#[0-9a-f]{3,8}\b|\brgba?\(", words_of(sheet))
            assert not named, f"{sheet.name} names {named}: a colour of its own has no dark twin"


def test_variables_that_are_used_exist() -> None:
    everything = "".join(words_of(p) for p in SHEETS) + (VENDOR / "tokens.css").read_text(encoding="utf-8")
    known = set(re.findall(r"(--[a-z0-9-]+):", everything))
    for sheet in SHEETS:
        unknown = set(re.findall(r"var\((--[a-z0-9-]+)", words_of(sheet))) - known
        assert not unknown, f"{sheet.name} uses {unknown}"


def test_style_sheets_and_scripts_ask_nobody_else() -> None:
    for path in [*SHEETS, *SCRIPTS]:
        asked = re.findall(r"https?:|//[a-z]|@import|data:", words_of(path))
        assert not asked, f"{path.name}: {asked}"
        for where in re.findall(r'url\("([^"]+)"', words_of(path)):
            assert (path.parent / where).is_file(), f"{path.name} points to {where}"


def test_scripts_keep_nothing_that_a_person_wrote() -> None:
    stores = re.compile(r"localStorage|sessionStorage|indexedDB|caches\b|document\.cookie")
    assert SCRIPTS
    for path in SCRIPTS:
        kept = stores.findall(words_of(path))
        assert not kept, f"{path.name}: {kept}"


class Letter(Form):
    """A form with one field of every sort."""

    once = HiddenField()
    homepage = StringField("空のまま")
    text = TextAreaField("いま、困っていること")
    age = StringField("子どもの年齢")
    board = SelectField("どんなこと", choices=[("", "えらばない")])
    kind = RadioField("どんな返信ですか", choices=[("experience", "体験談"), ("empathy", "共感")])
    agreed = BooleanField("読みました")


PAGE = """{% from "web/_forms.html" import error_summary, field, hidden, radios_as_cards %}
{{ error_summary(form) }}<form>{{ hidden(form, "a-") }}
{{ field(form.text, hint="みじかくても", max=2000, rows=7) }}
{{ field(form.age, autocomplete="off") }}{{ field(form.board) }}{{ field(form.agreed) }}
{{ radios_as_cards(form.kind, descriptions={"empathy": "わかります"}) }}</form>"""


@pytest.fixture(scope="module")
def paper() -> Flask:
    """An app that only knows how to draw."""
    app = Flask("paper", template_folder=str(ROOT / "templates"))
    app.jinja_env.undefined = StrictUndefined
    Babel(app)
    return app


def drawn(paper: Flask, form: Form, source: str = PAGE) -> dom.Element:
    with paper.test_request_context():
        root, faults = dom.parse(render_template_string(source, form=form))
    assert not faults
    ids = [e.attributes["id"] for e in root.walk() if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    for element in root.walk():
        for name in ("aria-describedby", "for"):
            for target in element.attributes.get(name, "").split():
                assert target in ids, f"{name} points to {target}, which is not there"
    return root


def test_a_fresh_form_blames_nobody_and_labels_everything(paper: Flask) -> None:
    page = drawn(paper, Letter(kind="empathy"))
    assert not page.all("*", id="error-summary") and not page.all("*", class_="error")
    labelled = {e.attributes["for"] for e in page.all("label") if "for" in e.attributes}
    assert {"text", "age", "board", "a-homepage"} <= labelled
    assert page.all("textarea")[0].attributes["aria-describedby"] == "text-hint text-count"
    chosen = [e.attributes["value"] for e in page.all("input") if "checked" in e.attributes]
    assert chosen == ["empathy"]
    assert page.all("small")[0].text() == "わかります"


def test_what_is_wrong_stands_above_and_beside_the_field(paper: Flask) -> None:
    form = Letter()
    faults: dict[str, Any] = {"text": "5文字から送れます", "age": "読み取れませんでした", "kind": "えらぶ"}
    for name, words in faults.items():
        form[name].errors = [words]
    form.once.errors = ["もう一度「送る」を押してください"]
    page = drawn(paper, form)
    summary = page.all("*", id="error-summary")[0]
    assert summary.attributes["role"] == "alert" and "もう一度「送る」を押してください" in summary.text()
    ids = {e.attributes.get("id") for e in page.walk()}
    led_to = [e.attributes["href"][1:] for e in summary.all("a")]
    assert led_to == ["text", "age", "kind"] and set(led_to) <= ids
    for name, words in faults.items():
        beside = page.all("*", id=f"{name}-error")
        assert beside and words in beside[0].text()
    assert page.all("textarea")[0].attributes["aria-invalid"] == "true"


def test_a_pager_with_nowhere_to_go_is_not_there(paper: Flask) -> None:
    source = '{% from "web/_forms.html" import pager %}{{ pager(form.next, form.prev) }}'
    with paper.test_request_context():
        assert not render_template_string(source, form={"next": None, "prev": None}).strip()
        assert 'rel="next"' in render_template_string(source, form={"next": "/n", "prev": None})
