"""A composed paper as PDF, in memory: A4, the house's font, page numbers, who printed it. Pure."""

import io
from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from forum.language import fonts
from forum.safeguarding.paper.types import Block, Composed

INK, LINE, PALE = HexColor(0x000000), HexColor(0x888888), HexColor(0xEEEEEE)
MARGIN = 16 * mm
WIDTH = A4[0] - 2 * MARGIN
LABEL = 38 * mm
ROW = 9 * mm  # of what is filled in by hand


def draw(paper: Composed) -> bytes:
    """The PDF. A letter that cannot be printed stands as 〓, and all of them are listed at the end."""
    words = _Words()
    story: list[Any] = [words.paragraph(paper.heading, "title")]
    for block in paper.blocks:
        story += _block(block, words)
    foot = words.printed(paper.footer)
    if words.missing:
        story += [Spacer(0, 4 * mm), words.paragraph(_missing_line(words.missing), "small")]
    out = io.BytesIO()
    document = SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=20 * mm,
        title=words.printed(paper.name),
        author="",
        invariant=1,  # the file tells no time
    )

    def numbered(*given: Any, **named: Any) -> Canvas:
        return _Numbered(foot, *given, **named)

    document.build(story, canvasmaker=numbered)
    return out.getvalue()


def _missing_line(missing: Iterable[str]) -> str:
    """What could not be printed, by its number, so that somebody can write it in by hand."""
    codes = "、".join("+".join(f"U+{ord(letter):04X}" for letter in one) for one in missing)
    return f"印刷できなかった字（{fonts.MARK}の所。手で書き入れてください）：{codes}"


class _Words:
    """Texts as the font can print them; notes what it cannot."""

    def __init__(self) -> None:
        self.font = fonts.register()
        self.missing: dict[str, None] = {}
        sizes = {"title": (16, 24), "heading": (11, 18), "body": (9.5, 14), "small": (8, 12)}
        self.styles = {
            name: ParagraphStyle(
                name, fontName=self.font, fontSize=size, leading=leading, wordWrap="CJK", textColor=INK
            )
            for name, (size, leading) in sizes.items()
        }

    def printed(self, text: str) -> str:
        shown, missing = fonts.printable(text)
        self.missing.update(dict.fromkeys(missing))
        return shown

    def paragraph(self, text: str, style: str = "body") -> Paragraph:
        lines = (escape(self.printed(line)) for line in text.replace("\r\n", "\n").split("\n"))
        return Paragraph("<br/>".join(lines), self.styles[style])


class _Numbered(Canvas):  # type: ignore[misc]
    """Knows only at the end how many pages there are."""

    def __init__(self, foot: str, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.foot = foot
        self.pages: list[dict[str, Any]] = []

    def showPage(self) -> None:
        self.pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        for number, page in enumerate(self.pages, 1):
            self.__dict__.update(page)
            self.setFont(fonts.NAME, 8)
            self.setFillColor(INK)
            self.drawString(MARGIN, 11 * mm, self.foot)
            self.drawRightString(A4[0] - MARGIN, 11 * mm, f"{number} / {len(self.pages)}")
            super().showPage()
        super().save()


def _block(block: Block, words: _Words) -> list[Any]:
    story: list[Any] = [PageBreak()] if block.shape == "page" else [Spacer(0, 3 * mm)]
    if block.heading:
        story.append(words.paragraph(block.heading, "heading"))
    if block.shape in ("words", "page"):
        return story + [words.paragraph(row[0]) for row in block.rows]
    if block.shape == "stamps":
        labels = [words.paragraph(label, "small") for label in block.rows[0]]
        return [*story, _table([labels, [""] * len(labels)], 20 * mm, heights=[6 * mm, 16 * mm])]
    if block.shape == "blank":
        rows = [[words.paragraph(row[0]), ""] for row in block.rows]
        return [*story, _facts_table(rows, ROW * max(1, block.lines))]
    if block.shape == "facts":
        rows = [[words.paragraph(label), words.paragraph(value)] for label, value in block.rows]
        return [*story, _facts_table(rows)]
    return [*story, _rows_table(block, words)]


def _facts_table(rows: list[list[Any]], height: float | None = None) -> Table:
    split = 0 if height else 1
    table = Table(rows, colWidths=[LABEL, WIDTH - LABEL], rowHeights=height, splitInRow=split)
    table.setStyle(TableStyle([*_GRID, ("BACKGROUND", (0, 0), (0, -1), PALE)]))
    return table


def _rows_table(block: Block, words: _Words) -> Table:
    head = [words.paragraph(label, "small") for label in block.header]
    rows = [[words.paragraph(cell) for cell in row] for row in block.rows]
    weights = [_weight(block, column) for column in range(len(block.header))]
    wide = [WIDTH * weight / sum(weights) for weight in weights]
    table = Table(
        [head, *rows],
        colWidths=wide,
        repeatRows=1,
        splitInRow=1,
        rowHeights=[None, *([ROW * block.lines] * len(rows))] if block.lines else None,
    )
    table.setStyle(TableStyle([*_GRID, ("BACKGROUND", (0, 0), (-1, 0), PALE)]))
    return table


def _weight(block: Block, column: int) -> float:
    """How much room a column wants: by its longest cell, within bounds."""
    cells = (block.header[column], *(row[column] for row in block.rows))
    return float(min(40, max(7, *(len(cell) for cell in cells))))


def _table(rows: list[list[Any]], wide: float, heights: list[float]) -> Table:
    table = Table(rows, colWidths=wide, rowHeights=heights, hAlign="RIGHT")
    table.setStyle(TableStyle(_GRID))
    return table


_GRID = [
    ("GRID", (0, 0), (-1, -1), 0.5, LINE),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 4),
    ("RIGHTPADDING", (0, 0), (-1, -1), 4),
    ("TOPPADDING", (0, 0), (-1, -1), 2),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
]
