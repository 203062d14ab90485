"""Paper that leads to the letterbox: a poster (A4) and cards to put into a pocket (ten on an A4 sheet).

Pure: words, city, address and numbers are arguments. Numbers come from the city's confirmed doors only.
"""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import segno
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from forum.doors.types import Door
from forum.language import fonts, furigana

INK, QUIET, BRAND, PALE = (HexColor(code) for code in (0x2D2823, 0x635A50, 0x0F686C, 0xE1F0ED))
WIDTH, HEIGHT = A4
MARGIN = 18 * mm
CARD = (91 * mm, 55 * mm)  # the usual size of a Japanese card; ten on a sheet
SMALLEST = 9  # points: a name that would be smaller takes two lines
QUIET_ZONE = 4  # modules around a QR code, as its standard asks


@dataclass(frozen=True)
class Place:
    """The words for one kind of wall. `for_children`: kana only, and the door of children."""

    label: str
    heading: tuple[str, ...]
    lines: tuple[str, ...]
    scan: str
    card: tuple[str, ...]
    danger: str = "いま危ないときは"
    for_children: bool = False


@dataclass(frozen=True)
class Facts:
    """What of a city stands on its papers. `numbers`: (number, name); `sample`: marked, not for a wall."""

    city: str
    url: str
    numbers: tuple[tuple[str, str], ...]
    sample: bool


PLACES = {
    "schools": Place(
        label="学校・児童館（子ども向け）",
        heading=("こまった こと、", "こわい ことは ありませんか"),
        lines=(
            "なまえを いわなくて いいです。",
            "えらぶだけでも、ひとことでも しらせられます。",
            "よむのは、しやくしょの ひとです。",
        ),
        scan="カメラで よむと ひらきます",
        card=("こどもの ひとへ", "こまった ことを しらせる ところ", "なまえは いりません"),
        danger="いま あぶない ときは",
        for_children=True,
    ),
    "stations": Place(
        label="駅・店・集合住宅",
        heading=("となりの子の声が、", "気になっていませんか"),
        lines=(
            "確かでなくて大丈夫です。まちがいでも、責められません。",
            "名前を言わずに、ひとことで市に伝えられます。",
            "だれが連絡したかは、伝えません。",
        ),
        scan="カメラで読むと、書くところが開きます",
        card=("気になる子がいるとき", "名前を言わずに、ひとことで", "まちがいでも責められません"),
    ),
    "clinics": Place(
        label="医療機関・薬局",
        heading=("子どものこと、家のこと、", "ひとりで抱えていませんか"),
        lines=(
            "子育てがつらいとき。気になる子がいるとき。",
            "名前を言わずに、ひとことで市に伝えられます。",
            "責めるためではなく、手伝うための窓口です。",
        ),
        scan="カメラで読むと、書くところが開きます",
        card=("子どものことで、心配なとき", "名前を言わずに、ひとことで", "手伝うための窓口です"),
    ),
}


def numbers_of(doors: Iterable[Door], for_children: bool) -> tuple[tuple[str, str], ...]:
    """Confirmed numbers for danger and for concerns, with their names; for children in kana alone."""
    chosen = [one for one in doors if one.confirmed and one.number]
    chosen = [one for one in chosen if one.themes[0] in ("danger_now", "child_safety")]
    chosen.sort(key=lambda one: one.themes[0] != "danger_now")
    return tuple((one.number, _kana(one.name) if for_children else one.name) for one in chosen)


def _kana(text: str) -> str:
    return "".join(piece.reading or piece.text for piece in furigana.pieces(text))


def poster(place: Place, facts: Facts) -> bytes:
    """A poster as PDF: a heading to be read from afar, a QR code, the numbers for danger."""
    sheet = _Sheet(facts)
    sheet.band(HEIGHT - 92 * mm, 92 * mm)
    top = HEIGHT - 44 * mm
    size = min(sheet.fitting(line, 34, WIDTH - 2 * MARGIN) for line in place.heading)
    for line in place.heading:
        sheet.middle(line, top, size, BRAND)
        top -= size * 1.5
    top = HEIGHT - 108 * mm
    for line in place.lines:
        sheet.middle(line, top, 15, INK)
        top -= 26
    sheet.qr(WIDTH / 2 - 34 * mm, 76 * mm, 68 * mm)
    sheet.middle(place.scan, 70 * mm, 12, INK)
    sheet.middle(facts.url, 63.5 * mm, 11, QUIET)
    sheet.numbers(52 * mm)
    sheet.middle(facts.city, 14 * mm, 13, INK)
    return sheet.finished()


def cards(place: Place, facts: Facts) -> bytes:
    """Ten cards on a sheet, to be cut along the marks."""
    sheet = _Sheet(facts)
    left, below = (WIDTH - 2 * CARD[0]) / 2, (HEIGHT - 5 * CARD[1]) / 2
    for row in range(5):
        for column in range(2):
            sheet.card(left + column * CARD[0], below + row * CARD[1], place)
    return sheet.finished()


SHAPES = {"poster": poster, "cards": cards}
PAPERS = {f"{place}-{shape}.pdf": (place, shape) for place in PLACES for shape in SHAPES}


def place_of(name: str) -> Place | None:
    """The words of the paper of that name, such as schools-poster.pdf; None if there is none."""
    return PLACES[PAPERS[name][0]] if name in PAPERS else None


def draw(name: str, facts: Facts) -> bytes:
    """The paper of that name as PDF. Raises KeyError."""
    place, shape = PAPERS[name]
    return SHAPES[shape](PLACES[place], facts)


class _Sheet:
    """A page that draws with the house's font, and notes what the font lacks."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.out = io.BytesIO()
        self.canvas = Canvas(self.out, pagesize=A4, invariant=True)
        self.canvas.setTitle("子育て案内")
        self.font = fonts.register()
        self.missing: dict[str, None] = {}
        self.code = segno.make(facts.url, error="m", micro=False)

    def text(self, words: str) -> str:
        """As it can be printed."""
        printed, missing = fonts.printable(words)
        self.missing.update(dict.fromkeys(missing))
        return printed

    def fitting(self, words: str, size: float, room: float) -> float:
        """The size, or a smaller one at which the words fit into the room."""
        wide = stringWidth(self.text(words), self.font, size)
        return size if wide <= room else size * room / wide

    def put(self, words: str, left: float, below: float, size: float, colour: HexColor, room: float) -> None:
        self.canvas.setFillColor(colour)
        self.canvas.setFont(self.font, self.fitting(words, size, room))
        self.canvas.drawString(left, below, self.text(words))

    def middle(self, words: str, below: float, size: float, colour: HexColor) -> None:
        fitted = self.fitting(words, size, WIDTH - 2 * MARGIN)
        wide = stringWidth(self.text(words), self.font, fitted)
        self.put(words, (WIDTH - wide) / 2, below, fitted, colour, WIDTH)

    def band(self, below: float, high: float) -> None:
        self.canvas.setFillColor(PALE)
        self.canvas.rect(0, below, WIDTH, high, stroke=0, fill=1)

    def qr(self, left: float, below: float, wide: float) -> None:
        """The address as a code, its quiet zone within `wide`."""
        rows: Sequence[Sequence[int]] = [list(row) for row in self.code.matrix]
        module = wide / (len(rows) + 2 * QUIET_ZONE)
        self.canvas.setFillColor(HexColor(0xFFFFFF))
        self.canvas.rect(left, below, wide, wide, stroke=0, fill=1)
        self.canvas.setFillColor(HexColor(0x000000))
        for y, row in enumerate(reversed(rows)):
            for x, dark in enumerate(row):
                if dark:
                    place = (left + (x + QUIET_ZONE) * module, below + (y + QUIET_ZONE) * module)
                    self.canvas.rect(*place, module, module, stroke=0, fill=1)

    def numbers(self, below: float) -> None:
        """The numbers in a row, each with its name."""
        shown = self.facts.numbers[:4]
        room = (WIDTH - 2 * MARGIN) / max(1, len(shown))
        for place, (number, name) in enumerate(shown):
            left = MARGIN + place * room
            self.put(number, left + 4 * mm, below - 9 * mm, 26, BRAND, room - 8 * mm)
            lines = [name]
            if self.fitting(name, 11, room - 8 * mm) < SMALLEST:
                half = -(-len(name) // 2)
                lines = [name[:half], name[half:]]
            for line, words in enumerate(lines):
                self.put(words, left + 4 * mm, below - (16 + 5 * line) * mm, 11, INK, room - 8 * mm)

    def card(self, left: float, below: float, place: Place) -> None:
        self.canvas.setStrokeColor(QUIET)
        self.canvas.setLineWidth(0.3)
        self.canvas.setDash(1, 2)
        self.canvas.rect(left, below, *CARD)
        self.canvas.setDash()
        self.qr(left + CARD[0] - 34 * mm, below + 15 * mm, 32 * mm)
        room = CARD[0] - 41 * mm
        self.put(place.card[0], left + 5 * mm, below + 42 * mm, 12, BRAND, room)
        for number, line in enumerate(place.card[1:]):
            self.put(line, left + 5 * mm, below + (34 - 6 * number) * mm, 9, INK, room)
        self.put(self.facts.city, left + 5 * mm, below + 18 * mm, 9, INK, room)
        self.put(self.facts.url, left + 5 * mm, below + 11 * mm, 7, QUIET, CARD[0] - 10 * mm)
        if self.facts.numbers:
            said = f"{place.danger}　{'・'.join(number for number, _name in self.facts.numbers[:3])}"
            self.put(said, left + 5 * mm, below + 5 * mm, 9, INK, CARD[0] - 10 * mm)

    def finished(self) -> bytes:
        """The PDF, marked if it is a sample or if a letter could not be printed."""
        if self.facts.sample:
            self.put("見本（はらないでください）", 6 * mm, HEIGHT - 8 * mm, 10, QUIET, WIDTH)
        if self.missing:
            codes = "、".join(f"U+{ord(letter[-1]):04X}" for letter in self.missing)
            self.put(f"印刷できなかった字：{codes}", 6 * mm, 5 * mm, 7, QUIET, WIDTH - 12 * mm)
        self.canvas.showPage()
        self.canvas.save()
        return self.out.getvalue()
