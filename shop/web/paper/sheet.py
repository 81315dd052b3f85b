"""An A4 sheet in the shop's faces. What is written the same is the same file, byte for byte, whenever it is made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from flask import current_app
from flask_babel import gettext as _
from fpdf import FPDF, FontFace
from fpdf.enums import Align, TableBordersLayout, XPos, YPos

from shop.web.languages import spoken_language
from shop.web.paper.faces import Faces, faces, spelt

MENGKUDU, INK, MUTED, RULE = (140, 47, 43), (36, 28, 23), (107, 93, 84), (222, 211, 198)
MARGIN_MM, LINE_MM = 18, 5.2
Row = Sequence[str]


class Sheet(FPDF):
    """Pages with a foot. Text may hold any letters; those the faces lack are written in the nearest they have."""

    def __init__(self, title: str, foot: str, *, made_at: datetime) -> None:
        super().__init__(format="A4")
        self.known: frozenset[int] = frozenset()
        self.foot = foot
        self._take(faces(Path(current_app.root_path) / "static"))
        self.set_creation_date(made_at)
        self.set_producer("")
        self.set_title(spelt(title, self.known))
        self.set_lang(spoken_language())
        self.set_margin(MARGIN_MM)
        self.set_auto_page_break(True, margin=22)
        self.alias_nb_pages("{n}")
        self.add_page()

    def _take(self, built: Faces) -> None:
        if not built.whole:
            self.text_face = self.display_face = "helvetica"
            self.known = frozenset(range(0x20, 0x7F)) | frozenset(range(0xA0, 0x100))
            return
        self.text_face, self.display_face = "paper", "display"
        for family, style, name in (
            ("paper", "", "text"), ("paper", "B", "text-bold"), ("ext", "", "text-ext"), ("ext", "B", "text-ext-bold"),
            ("display", "", "display"),
        ):  # fmt: skip
            self.add_font(family, style, str(built.files[name]))
        self.set_fallback_fonts(["ext"], exact_match=False)
        covered = (set(self.fonts[key].cmap) for key in ("paper", "paperB", "ext", "extB"))  # type: ignore[union-attr]
        text, bold, more, more_bold = covered
        self.known = frozenset((text & bold) | (more & more_bold))

    def footer(self) -> None:
        self.set_y(-16)
        self._ink(8, MUTED)
        self.cell(140, 4, self.say(self.foot))
        pages = self.say(_("Halaman %(page)s dari %(pages)s", page=self.page_no(), pages="{n}"))
        self.cell(0, 4, pages, align=Align.R)

    def say(self, text: str) -> str:
        return spelt(text, self.known)

    def head(self, issuer: str, more: str, kind: str, number: str, day: str) -> None:
        """Who issues it at the left, what it is at the right, and a line below."""
        top = self.get_y()
        self.set_font(self.display_face, "B" if self.display_face == "helvetica" else "", 15)
        self.set_text_color(*INK)
        self.multi_cell(95, 6.4, self.say(issuer), align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self._ink(8.5, MUTED)
        self.multi_cell(95, 4.2, self.say(more), align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        low = self.get_y()
        self.set_xy(self.w - MARGIN_MM - 75, top)
        self._ink(15, MENGKUDU, bold=True)
        self.multi_cell(75, 6.4, self.say(kind), align=Align.R, new_x=XPos.LEFT, new_y=YPos.NEXT)
        self._ink(10, INK)
        self.multi_cell(
            75, 5, self.say(f"{number}\n{day}"), align=Align.R, new_x=XPos.LMARGIN, new_y=YPos.NEXT
        )
        self.set_xy(MARGIN_MM, max(low, self.get_y()) + 3)
        self._rule(MENGKUDU, 0.7)
        self.ln(5)

    def facts(self, rows: Sequence[Row]) -> None:
        """Pairs of a name and what it is; empty ones are left out."""
        for name, value in rows:
            if not value:
                continue
            self._ink(9, MUTED)
            self.cell(42, LINE_MM, self.say(name))
            self._ink(10, INK)
            self.multi_cell(0, LINE_MM, self.say(value), align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(3)

    def rows(
        self, heads: Row, rows: Sequence[Row], widths: Sequence[int], *, bold_last: bool = False
    ) -> None:
        """A table with lines between; the first column is words, the others figures. Heads repeat on every page."""
        self._ink(9.5, INK)
        self.set_draw_color(*RULE)
        aligns = (Align.L, *[Align.R] * (len(heads) - 1))
        plain = FontFace(color=MUTED, emphasis="", size_pt=8.5)
        with self.table(
            borders_layout=TableBordersLayout.HORIZONTAL_LINES, headings_style=plain, line_height=LINE_MM,
            text_align=aligns, col_widths=tuple(widths), padding=(1.2, 1),
        ) as table:  # fmt: skip
            table.row([self.say(cell) for cell in heads])
            for number, row in enumerate(rows, 1):
                strong = FontFace(emphasis="BOLD") if bold_last and number == len(rows) else None
                table.row([self.say(cell) for cell in row], style=strong)
        self.ln(3)

    def sums(self, rows: Sequence[tuple[str, str, bool]]) -> None:
        """Amounts at the right: words, amount, whether it matters most."""
        for words, amount, strong in rows:
            self._ink(11 if strong else 10, INK, bold=strong)
            self.set_x(self.w - MARGIN_MM - 110)
            self.cell(70, LINE_MM + 1, self.say(words))
            self.cell(40, LINE_MM + 1, self.say(amount), align=Align.R, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(3)

    def words(self, text: str, *, muted: bool = False) -> None:
        self._ink(9 if muted else 10, MUTED if muted else INK)
        self.multi_cell(0, LINE_MM, self.say(text), align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(2)

    def boxed(self, name: str, text: str) -> None:
        """What is said in words because it matters: the amount of a receipt."""
        self._rule(RULE, 0.3)
        self.ln(2)
        self._ink(9, MUTED)
        self.cell(42, LINE_MM, self.say(name))
        self._ink(11, INK, bold=True)
        self.multi_cell(0, LINE_MM + 0.6, self.say(text), align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(2)
        self._rule(RULE, 0.3)
        self.ln(4)

    def stamp(self, word: str, more: str) -> None:
        """Across the first page: it holds no longer, and what holds instead."""
        self.page, last = 1, self.page
        with self.local_context(text_color=MENGKUDU), self.rotation(32, self.w / 2, self.h / 2):
            self.set_font(self.text_face, "B", 54)
            self.set_xy(0, self.h / 2 - 14)
            with self.local_context(fill_opacity=0.28):
                self.cell(self.w, 18, self.say(word), align=Align.C, new_x=XPos.LEFT, new_y=YPos.NEXT)
            self.set_font(self.text_face, "B", 11)
            self.cell(self.w, 7, self.say(more), align=Align.C)
        self.page = last

    def file(self) -> bytes:
        return bytes(self.output())

    def _ink(self, size: float, colour: tuple[int, int, int], *, bold: bool = False) -> None:
        self.set_font(self.text_face, "B" if bold else "", size)
        self.set_text_color(*colour)

    def _rule(self, colour: tuple[int, int, int], width: float) -> None:
        self.set_draw_color(*colour)
        self.set_line_width(width)
        self.line(MARGIN_MM, self.get_y(), self.w - MARGIN_MM, self.get_y())
        self.set_line_width(0.2)
