"""Markdown cells by block, the unit of translation: a heading without its marks, or a paragraph or list as it stands."""

import re
from collections.abc import Callable

_HEADING = re.compile(r"(#{1,6}\s+)(.*)", re.DOTALL)
_KEEPS_LINES = re.compile(r"([-*|>]|\d+\.)\s|```|<")


def blocks(source: str) -> list[tuple[str, str]]:
    """The blocks of a cell, as (marks, text): ``("## ", "Summary")``, ``("", "A paragraph.")``.

    The lines of a paragraph are joined, so that wrapping it anew in the notebook does not lose its translation.
    """
    found = []
    for block in re.split(r"\n\s*\n", source.strip()):
        marks, text = m.groups() if (m := _HEADING.fullmatch(block)) else ("", block)
        if text.strip():
            found.append((marks, text.strip() if _KEEPS_LINES.match(text) else " ".join(text.split())))
    return found


def translated(source: str, translate: Callable[[str], str]) -> str:
    return "\n\n".join(marks + translate(text) for marks, text in blocks(source))
