"""The blocks of words a report is made of: title, summary, method, sources, how to cite."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape

import migof_research
from migof_research.errors import InputError
from migof_research.report.piece import Piece, bullets, definitions, paragraphs, plain
from migof_research.report.wording import Language

Source = str | Mapping[str, Any]


def title(heading: str, subtitle: str, card: Mapping[str, Any], study: str, unit: str, _: Language) -> Piece:
    """The one h1, what the report is about, and the unit's bands at a glance."""
    known = {_("Region"): card.get("region"), _("Income group"): card.get("income"), _("Year of the figures"): card.get("year")}
    html = Markup("<h1>{}</h1>").format(heading)
    if subtitle:
        html += Markup('<p class="subtitle">{}</p>').format(subtitle)
    if facts := {term: said for term, said in known.items() if said}:
        html += definitions(facts, "facts")
    if bands := card.get("bands"):
        labels = card.get("node_labels", {})
        html += definitions({labels.get(node, node): band(**found) for node, found in bands.items()}, "glance")
    page = {"study": study, "unit": unit, "lang": _.code}
    return Piece(html, {"kind": "page", **page, "title": plain(heading), "subtitle": plain(subtitle), "card": dict(card)})


def band(label: str, colour: str | None = None, **__: Any) -> Markup:
    """A band: its name, with its colour as a mark beside it. Colour never speaks alone."""
    if colour and not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise InputError(f"The colour {colour!r} of band {label!r} is not of the form #rrggbb.")
    style = Markup(' style="--band:{}"').format(colour) if colour else ""
    return Markup('<span class="band"{}>{}</span>').format(style, label)


def summary(sentences: Sequence[str], _: Language) -> Piece:
    """The box a hurried reader reads."""
    if not sentences:
        raise InputError("The summary has no sentence.")
    html = Markup('<section class="summary" aria-labelledby="summary"><h2 id="summary">{}</h2>{}</section>').format(
        _("Summary"), bullets(list(sentences))
    )
    return Piece(html, {"kind": "summary", "sentences": [plain(sentence) for sentence in sentences]})


def text(texts: Sequence[str]) -> Piece:
    return Piece(paragraphs(tuple(texts)), {"kind": "text", "texts": [plain(text) for text in texts]})


def method(items: Mapping[str, str] | Sequence[str]) -> Piece:
    """Method or limits: terms with what is said of each, or sentences."""
    if isinstance(items, Mapping):
        html, texts = definitions(items, "method"), [f"{plain(term)}: {plain(said)}" for term, said in items.items()]
    else:
        html, texts = bullets(list(items)), [plain(item) for item in items]
    return Piece(html, {"kind": "method", "texts": texts})


def sources(items: Sequence[Source], _: Language) -> Piece:
    """Where the figures come from: each a text, or ``title`` with any of publisher, licence, retrieved, url, note."""
    html = bullets([_source(item, _) for item in items])
    return Piece(html, {"kind": "sources", "sources": [plain(_source(item, _)) for item in items]})


def _source(item: Source, _: Language) -> Markup:
    if isinstance(item, str):
        return escape(item)
    said = {key: item.get(key) for key in ("title", "publisher", "year", "licence", "retrieved", "url", "note")}
    if unknown := set(item) - set(said):
        raise InputError(f"The source {item.get('title')!r} has {', '.join(sorted(unknown))}: known are {', '.join(said)}.")
    url = said["url"]
    if url and not re.match(r"https?://", url):
        raise InputError(f"The source {item.get('title')!r} has the address {url!r}: it has to begin with https://.")
    parts = [
        Markup("<cite>{}</cite>").format(said["title"]),
        said["publisher"],
        said["year"],
        said["licence"] and _("Licence: {licence}").format(licence=said["licence"]),
        said["retrieved"] and _("Retrieved on {date}").format(date=said["retrieved"]),
        url and Markup('<a href="{0}">{0}</a>').format(url),
        said["note"],
    ]
    return Markup(". ").join(_unstopped(part) for part in parts if part) + "."


def _unstopped(text: Any) -> Markup:
    return Markup(str(escape(text)).rstrip("."))


def cite(heading: str, study: str, unit: str, _: Language, year: int | str | None, note: str) -> Piece:
    """How to cite the report, as text and as BibTeX. It bears no date of making: its version and the year of its
    figures identify it."""
    version = f"migof_research {migof_research.__version__}"
    fields = {
        "title": heading, "author": "{migof_research}", "year": year,
        "version": migof_research.__version__, "note": note, "language": _.code,
    }  # fmt: skip
    lines = [f"  {key} = {{{_tex(str(value))}}}" for key, value in fields.items() if value]
    key = "-".join(["migof", study, unit.lower(), *([str(year)] if year else [])])
    bibtex = f"@techreport{{{key},\n" + ",\n".join(lines) + "\n}"
    figures = _("figures of {year}").format(year=year) if year else ""
    sentence = ". ".join(part.rstrip(".") for part in (heading, ", ".join(filter(None, [version, figures])), note) if part) + "."
    html = Markup('<p class="citation">{}</p><pre class="bibtex" tabindex="0" aria-label="BibTeX"><code>{}</code></pre>').format(
        sentence, bibtex
    )
    return Piece(html, {"kind": "cite", "text": sentence, "bibtex": bibtex})


def _tex(text: str) -> str:
    return re.sub(r"([&%$#_])", r"\\\1", text) if not text.startswith("{") else text
