"""Keeps the catalogues in step with the sentences of the code, the templates and the notebooks.

    python -m migof_research.report.messages

adds what is new (untranslated), drops what is gone, and says what a translator has to do. Sentences are found where
they are handed to a language, ``_("...")`` or ``_.n("...", "...", n)``, and in the notebooks' markdown by block.
"""

import io
import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

import migof_research
from migof_research import paths
from migof_research.languages import LOCALES
from migof_research.report import markdown
from migof_research.report.document import TEMPLATE
from migof_research.report.wording import catalogue, language

PACKAGE = Path(migof_research.__file__).parent
KEYWORDS = {"_": None, "n": (1, 2)}
Sentence = str | tuple[str, ...]  # singular and plural of one
TRANSLATED = [code for code in LOCALES if code != "en"]


def sentences() -> Catalog:
    """Every sentence to be translated, with the files it stands in."""
    found = _new()
    for path, texts in _files():
        for text in texts:
            found.add(text, locations=[(path, 0)])
    return found


def update(code: str) -> Catalog:
    """Bring the catalogue of a language up to date; its translations stay."""
    path = catalogue(code)
    known = _read(code) if path.is_file() else _new(locale=code, language_team=language(code).name)
    known.update(sentences(), no_fuzzy_matching=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, known, width=110, sort_output=True, include_lineno=False, ignore_obsolete=True)
    return known


def _new(**more: str) -> Catalog:
    began = datetime(2026, 1, 1, tzinfo=UTC)  # no clock: the file changes only where a sentence does
    return Catalog(
        project="migof_research", version="0", header_comment="# Sentences of the reports", msgid_bugs_address="-",
        last_translator="migof_research", creation_date=began, revision_date=began, charset="utf-8", fuzzy=False, **more,
    )  # fmt: skip


def problems(code: str) -> list[str]:
    """What keeps a language from being complete: sentences without translation, or with other placeholders."""
    known = _read(code)
    return [
        f"{code}: {fault}: {message.id!r}"
        for message in sentences()
        if message.id and (fault := _fault(message, known.get(message.id)))
    ]


def _fault(message: Message, translation: Message | None) -> str | None:
    if translation is None or not all(strings := _texts(translation.string)):
        return "not translated"
    if translation.fuzzy:
        return "translation to be checked (fuzzy)"
    asked = [_placeholders(text) for text in _texts(message.id)]
    if any(not set.intersection(*asked) <= _placeholders(string) <= set.union(*asked) for string in strings):
        return "other placeholders in the translation"
    return None


def _texts(text: str | Sequence[str | None] | None) -> list[str]:
    return [text] if isinstance(text, str) else [part or "" for part in text or [""]]


def _placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{(\w*)", text))


def _files() -> Iterator[tuple[str, list[Sentence]]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE.parent).as_posix(), _extracted("python", path.read_bytes())
    for path in sorted(TEMPLATE.glob("*.j2")):
        yield path.relative_to(PACKAGE.parent).as_posix(), _extracted(babel_extract, path.read_bytes())
    for path in sorted(paths.notebooks().glob("*.ipynb")):
        yield f"notebooks/{path.name}", list(_of_notebook(json.loads(path.read_text("utf-8"))))


def _of_notebook(notebook: dict[str, Any]) -> Iterator[Sentence]:
    study = notebook["metadata"].get("migof", {})
    yield from (study[key] for key in ("title", "about") if study.get(key))
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            yield from (text for _, text in markdown.blocks(source))
        elif cell["cell_type"] == "code":
            yield from _extracted("python", source.encode())


def _extracted(method: str | Callable[..., Any], source: bytes) -> list[Sentence]:
    return [text for _, text, _, _ in extract(method, io.BytesIO(source), KEYWORDS)]


def _read(code: str) -> Catalog:
    with catalogue(code).open("rb") as file:
        return read_po(file, locale=code)


def main() -> int:
    for code in TRANSLATED:
        update(code)
    open_ones = [problem for code in TRANSLATED for problem in problems(code)]
    print(*open_ones, sep="\n")
    print(f"{len(open_ones)} to be translated in {', '.join(str(catalogue(code)) for code in TRANSLATED)}")
    return bool(open_ones)


if __name__ == "__main__":
    sys.exit(main())
