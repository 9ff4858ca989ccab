"""A report as a notebook tells it: one ``Page``, whose methods make the pieces that the cells show."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from migof_research.errors import InputError
from migof_research.report import blocks, images, tables
from migof_research.report.piece import Piece, checked_name, checked_words, plain
from migof_research.report.wording import language

if TYPE_CHECKING:
    from matplotlib.figure import Figure


class Page:
    """The report of one unit (``"world"`` for a study without units) in one study and one language.

    Every method returns a piece: the last expression of a cell. The page itself only counts its figures and tables
    and remembers its title; a cell run twice keeps its number. Headings are the notebook's own markdown.

        page = Page(study="country-benchmark", unit="MDA", lang="fr")
        page.title("République de Moldova", subtitle=..., card={...})

    ``page._`` is the language, for sentences of the notebook's own. Whatever is given is escaped, unless it is
    ``markupsafe.Markup``.
    """

    def __init__(self, study: str, unit: str = "world", lang: str = "en"):
        self.study, self.unit, self._ = study, unit, language(lang)
        self._heading = study
        self._numbers: dict[str, dict[str, int]] = {"figure": {}, "table": {}, "data": {}}

    def title(self, heading: str, subtitle: str = "", card: Mapping[str, Any] | None = None) -> Piece:
        """The title block. ``card`` holds the facts of the report that the index lists (plain JSON): name, region,
        income, year, bands {node: {label, id, colour}}, node_labels {node: label}; or name and summary."""
        self._heading = ". ".join(plain(words) for words in (heading, subtitle) if words)
        return blocks.title(heading, subtitle, {"name": plain(heading), **(card or {})}, self.study, self.unit, self._)

    def summary(self, sentences: Sequence[str]) -> Piece:
        """The summary box: three or four sentences, each with its number and n."""
        return blocks.summary(sentences, self._)

    def text(self, *texts: str) -> Piece:
        """Running text, a paragraph each."""
        return blocks.text(texts)

    def figure(self, fig: "Figure", name: str, caption: str, alt: str, notes: Sequence[str] = ()) -> Piece:
        """A matplotlib figure, drawn at its own size and closed. ``alt`` says what the figure shows, with its numbers,
        to a reader who cannot see it; ``name`` becomes the file name of its SVG and PNG."""
        number = self._number("figure", name)
        label = self._("Figure {number}").format(number=number)
        return images.image(fig, name=name, number=number, label=label, caption=caption, alt=alt, notes=list(notes))

    def table(
        self, df: pd.DataFrame, name: str, caption: str, columns: Mapping[str, str] | None = None, notes: Sequence[str] = (),
        formats: Mapping[str, tables.Format] | None = None, spanners: Mapping[str, list[str]] | None = None,
    ) -> Piece:  # fmt: skip
        """A table, shown rounded and exported in full precision as CSV and XLSX.

        ``columns`` {column: heading} chooses and orders (default all); the first column heads the rows. ``formats``
        {column: "number:1" | "signed:1" | "percent:1" | "text" | function of a value}: without one, whole numbers
        have no decimals and others one. ``spanners`` {heading: [columns]} group columns. ``notes`` stand below.
        """
        number = self._number("table", name)
        return tables.table(
            df, name=name, number=number, label=self._("Table {number}").format(number=number), caption=caption,
            _=self._, columns=columns, formats=formats or {}, notes=list(notes), spanners=spanners or {},
        )  # fmt: skip

    def download(self, df: pd.DataFrame, name: str, about: str, columns: Mapping[str, str] | None = None) -> Piece:
        """Data for download only, beside the tables: the reader sees a line that says what it is."""
        self._number("data", checked_name(name, "data"))
        checked_words(about, "description", name)
        html = blocks.text([about]).html  # the report puts its own line with the address there
        return Piece(html, tables.record(df, kind="data", name=name, about=about, columns=columns))

    def method(self, items: Mapping[str, str] | Sequence[str]) -> Piece:
        """Method and limits: {term: explanation}, or sentences."""
        return blocks.method(items)

    def sources(self, items: Sequence[blocks.Source]) -> Piece:
        """Sources: texts, or mappings of title, publisher, year, licence, retrieved, url, note."""
        return blocks.sources(items, self._)

    def cite(self, year: int | str | None = None, note: str = "") -> Piece:
        """How to cite this report, as text and BibTeX; ``year`` of the figures, ``note`` e.g. their source."""
        return blocks.cite(self._heading, self.study, self.unit, self._, year, note)

    def _number(self, kind: str, name: str) -> int:
        other = {"table": "data", "data": "table"}.get(kind)  # both become tables/<name>.csv
        if other and name in self._numbers[other]:
            raise InputError(f"The name {name!r} is given to a table and to a download: choose two names.")
        return self._numbers[kind].setdefault(name, len(self._numbers[kind]) + 1)
