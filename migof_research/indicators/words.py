"""The words of answer files: headings, reasons for a missing answer, instructions (``words.yaml``)."""

import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from migof_research.frameworks import LANGUAGES, Framework, Item, Text, yamlfile

_TEXTS = TypeAdapter(dict[str, Text])
_LIST = TypeAdapter(tuple[Text, ...])


@cache
def _content() -> dict[str, Any]:
    return yamlfile.read(Path(__file__).with_name("words.yaml"))[0]


@cache
def headings() -> dict[str, Text]:
    """The heading of each column, by its id."""
    return _TEXTS.validate_python(_content()["headings"])


@cache
def reasons() -> dict[str, Text]:
    """The typed reasons why an answer is missing."""
    return _TEXTS.validate_python(_content()["missing"])


@cache
def instructions() -> tuple[Text, ...]:
    return _LIST.validate_python(_content()["instructions"])


@cache
def sheet() -> Text:
    """The name of the sheet of instructions."""
    return Text.model_validate(_content()["sheet"])


def plain(text: str) -> str:
    """A word as it is compared: one kind of space and apostrophe, composed letters, lower case."""
    return " ".join(unicodedata.normalize("NFC", text).replace("’", "'").split()).casefold()


@cache
def columns() -> dict[str, str]:
    """Heading, in any language, or column id -> column id."""
    return {plain(word): id for id, text in headings().items() for word in (id, *_wordings(text))}


def missing_words() -> dict[str, str]:
    """Reason, in any language, or its code -> code."""
    return {plain(word): code for code, text in reasons().items() for word in (code, *_wordings(text))}


def answer_words(framework: Framework, item: Item) -> dict[str, str]:
    """Answer, as its code or its label in any language, -> code. Codes go before labels."""
    options = framework.scales[item.scale].options
    labels = {plain(word): option.answer for option in options if option.label for word in _wordings(option.label)}
    return labels | {plain(option.answer): option.answer for option in options}


def _wordings(text: Text) -> list[str]:
    return [wording for lang in LANGUAGES if (wording := getattr(text, lang))]
