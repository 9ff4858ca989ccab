"""A piece of a report: what a notebook cell shows, and beside it the record from which the report's files are made."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup, escape

from migof_research.errors import InputError

MIME = "application/vnd.migof+json"


@dataclass(frozen=True)
class Piece:
    """``html`` is what the reader sees; ``record`` is plain JSON and always holds ``kind``; ``media`` are further forms."""

    html: Markup
    record: Mapping[str, Any]
    media: Mapping[str, str] = field(default_factory=dict)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {"text/plain": repr(self), "text/html": str(self.html), **self.media, MIME: dict(self.record)}

    def __repr__(self) -> str:
        return " ".join(["Piece", self.record["kind"], self.record.get("name", "")]).rstrip()


def paragraphs(texts: tuple[str, ...]) -> Markup:
    """One ``<p>`` each; text is escaped unless it is Markup."""
    return Markup("\n").join(Markup("<p>{}</p>").format(text) for text in texts)


def bullets(texts: list[str]) -> Markup:
    return Markup("<ul>{}</ul>").format(Markup("").join(Markup("<li>{}</li>").format(text) for text in texts))


def definitions(items: Mapping[str, Any], css: str) -> Markup:
    """Terms with what is said of each, in a ``<dl>``; the pairs are wrapped in ``<div>``, so that each can be a box."""
    pairs = (Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(term, said) for term, said in items.items())
    return Markup('<dl class="{}">{}</dl>').format(css, Markup("").join(pairs))


def plain(text: str) -> str:
    """The words of a text without its markup."""
    return Markup(escape(text)).striptags()


def checked_name(name: str, kind: str) -> str:
    """``name`` becomes a file name, a sheet name and an address on the page, so it has to be fit for all three."""
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,30}", name) or name == "notes":
        raise InputError(
            f"The {kind} name {name!r} cannot be used: at most 31 lower-case letters, digits and hyphens, "
            "beginning with a letter, and not 'notes'."
        )
    return name


def checked_words(text: str, what: str, name: str) -> str:
    """A caption or an alternative text that says something: at least three words."""
    if len(plain(text).split()) < 3:
        raise InputError(f"The {what} of {name!r} says nothing: {text!r}. Say in a sentence what the reader is to see.")
    return text
