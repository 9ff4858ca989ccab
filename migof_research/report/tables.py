"""A DataFrame as a table fit to print: great-tables makes the rows, this module the words around them.

Numbers are shown rounded in the reader's language and recorded in full precision with their types.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import great_tables as gt
import pandas as pd
from markupsafe import Markup, escape

from migof_research.errors import InputError
from migof_research.report.piece import Piece, checked_name, checked_words
from migof_research.report.wording import MISSING, Language

LONG = 15  # a table of more rows can be filtered and sorted

Format = str | Callable[[Any], str]


def table(
    df: pd.DataFrame, *, name: str, number: int, label: str, caption: str, _: Language,
    columns: Mapping[str, str] | None, formats: Mapping[str, Format], notes: Sequence[str], spanners: Mapping[str, list[str]],
) -> Piece:  # fmt: skip
    """The table as HTML (caption, scoped headers, the first column heading the rows) and its full record."""
    checked_name(name, "table")
    checked_words(caption, "caption", name)
    headings = _headings(df, name, columns)
    shown = df[list(headings)].reset_index(drop=True)
    written = pd.DataFrame(
        {c: [_write(v, formats.get(c), c, _, len(df) > LONG) for v in shown[c]] for c in headings}, dtype=object
    )
    first = next(iter(headings))
    made = (
        gt.GT(written, rowname_col=first, id=f"table-{name}")
        .tab_stubhead(gt.html(escape(headings[first])))
        .cols_label({c: gt.html(escape(heading)) for c, heading in headings.items() if c != first})
        .cols_align("right", [c for c in headings if c != first and _is_number(shown[c])])
        .cols_align("left", [c for c in headings if c == first or not _is_number(shown[c])])
        .fmt_passthrough(list(headings), escape=False)  # escaped above
    )
    for heading, members in spanners.items():
        made = made.tab_spanner(gt.html(escape(heading)), columns=members)
    html = Markup(
        '<div class="table{long}" id="table-{name}"><div class="scroll" tabindex="0" role="group" aria-label="{label}">'
        '{table}</div>{notes}</div>'
    ).format(
        name=name, long=" long" if len(df) > LONG else "", label=label,
        table=_with_caption(made.as_raw_html(), Markup('<b class="label">{}.</b> {}').format(label, caption)),
        notes=Markup("").join(Markup('<p class="note">{}</p>').format(note) for note in notes),
    )  # fmt: skip
    return Piece(html, record(df, kind="table", name=name, about=caption, columns=columns, notes=notes) | {"number": number})


def record(
    df: pd.DataFrame, *, kind: str, name: str, about: str,
    columns: Mapping[str, str] | None = None, notes: Sequence[str] = (),
) -> dict[str, Any]:  # fmt: skip
    """What is exported of a table: ``columns`` (id, heading) and ``rows`` of plain typed values, missing as None."""
    headings = _headings(df, name, columns)
    rows = [[_value(v) for v in row] for row in df[list(headings)].itertuples(index=False, name=None)]
    return {
        "kind": kind, "name": name, "caption": str(about), "notes": [str(note) for note in notes],
        "columns": [{"id": column, "heading": str(heading)} for column, heading in headings.items()], "rows": rows,
    }  # fmt: skip


def _headings(df: pd.DataFrame, name: str, columns: Mapping[str, str] | None) -> dict[str, str]:
    headings = {str(c): str(c) for c in df.columns} if columns is None else dict(columns)
    absent = [c for c in headings if c not in df.columns]
    if absent or not headings:
        raise InputError(f"Table {name!r} has no column {', '.join(absent) or 'at all'}; it has {', '.join(map(str, df))}.")
    blank = [c for c, heading in headings.items() if not str(heading).strip()]
    if blank:
        raise InputError(f"Table {name!r} has no heading for {', '.join(blank)}.")
    return headings


def _value(value: Any) -> Any:
    """A plain Python value: None, bool, int, float or str."""
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return None
    value = value.item() if hasattr(value, "item") else value
    return value if isinstance(value, bool | int | float) else str(value)


def _is_number(column: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)


def _write(value: Any, style: Format | None, column: str, _: Language, exact: bool) -> str:
    """A cell's HTML. Where a table can be sorted by its reader, numbers carry their exact value."""
    plain = _value(value)
    if plain is None:
        return MISSING
    text = style(value) if callable(style) else _in_words(plain, style, column, _)
    if exact and isinstance(plain, int | float) and not isinstance(plain, bool):
        return Markup('<data value="{}">{}</data>').format(plain, text)
    return escape(text)


def _in_words(value: Any, style: str | None, column: str, _: Language) -> str:
    """``style`` is "number", "signed" or "percent", with the digits after a colon: "percent:1"; or "text"."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, str) or style == "text" or (style is None and column == "year"):
        return str(value)
    how, __, digits = (style or ("number" if isinstance(value, int) else "number:1")).partition(":")
    if how not in ("number", "signed", "percent"):
        raise InputError(f"Column {column!r} has the format {style!r}: use number, signed or percent (:digits), text, or a function.")
    return getattr(_, how)(value, int(digits or 0))


def _with_caption(html: str, caption: Markup) -> Markup:
    """Our caption in place of great-tables' wrapper and style sheet, which every table would otherwise bring along.

    Its ``headers`` attributes go too: the scopes of the header cells say the same in a tenth of the bytes.
    """
    body = re.findall(r"<table\b[^>]*>(.*</table>)", html, flags=re.DOTALL)[0]
    body = re.sub(r'(<t[hd]\b[^>]*?) (?:headers|id)="[^"]*"', r"\1", body)
    return Markup('<table class="data"><caption>{}</caption>{}').format(caption, Markup(body))
