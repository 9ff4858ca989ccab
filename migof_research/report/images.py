"""A matplotlib figure as a piece of a report: the same bytes each time, with its words."""

import base64
import io
import re
from typing import TYPE_CHECKING

import matplotlib as mpl
import matplotlib.pyplot as plt
from markupsafe import Markup

from migof_research.report.piece import Piece, checked_name, checked_words
from migof_research.report.style import RC

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PNG_DPI = 200
PNG_PACKING = 3  # of 9: a seventh larger than the default, in three quarters of the time
_IMG_SRC = re.compile(r'src="data:image/svg\+xml;base64,([^"]+)"')


def image(fig: "Figure", *, name: str, number: int, label: str, caption: str, alt: str, notes: list[str]) -> Piece:
    """Draw ``fig`` once as SVG for the page and once as PNG for download, and close it.

    The SVG goes into the page as an ``<img>`` with a data address, not inline. Assistive technology then meets one
    image with one alternative text instead of hundreds of paths; ids inside one drawing (clip paths, glyphs) cannot
    clash with another's; a drawing can run no script, whatever its labels hold; and it prints as vectors all the same.
    In dark mode it stays on a light card (see the style sheet), so its colours mean what they mean in the legend.
    """
    checked_name(name, "figure")
    checked_words(caption, "caption", name)
    checked_words(alt, "alternative text", name)
    svg, png = _draw(fig)
    width, height = (round(inches * 96) for inches in fig.get_size_inches())
    html = Markup(
        '<figure class="figure" id="figure-{name}">'
        '<div class="scroll" tabindex="0" role="group" aria-label="{label}">'
        '<img src="data:image/svg+xml;base64,{svg}" width="{width}" height="{height}" alt="{alt}"></div>'
        '<figcaption><b class="label">{label}.</b> {caption}{notes}</figcaption></figure>'
    ).format(
        name=name, label=label, svg=base64.b64encode(svg).decode(), width=width, height=height, alt=alt,
        caption=caption, notes=Markup("").join(Markup('<span class="note">{}</span>').format(n) for n in notes),
    )  # fmt: skip
    record = {"kind": "figure", "name": name, "number": number, "caption": str(caption), "alt": str(alt)}
    return Piece(html, record, {"image/png": base64.b64encode(png).decode()})


def svg_of(html: str) -> bytes:
    """The SVG of a figure's piece: kept once, in the page's own image."""
    return base64.b64decode(_IMG_SRC.findall(html)[0])


def _draw(fig: "Figure") -> tuple[bytes, bytes]:
    # The style fixes the salt of the SVG's ids and the size (a tight box would draw twice); the stamps of date and
    # version are switched off: same figure, same bytes.
    svg, png = io.BytesIO(), io.BytesIO()
    with mpl.rc_context(RC):
        fig.savefig(svg, format="svg", metadata={"Date": None, "Creator": None})
        fig.savefig(png, format="png", dpi=PNG_DPI, metadata={"Software": None}, pil_kwargs={"compress_level": PNG_PACKING})
    plt.close(fig)
    return svg.getvalue(), png.getvalue()
