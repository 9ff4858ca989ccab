"""The variables of the context table: what they are called, how they are measured, who publishes them."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def variables() -> dict[str, dict[str, Any]]:
    """Each variable's names (``en, fr, es``), unit of measurement (``measured``) and codes in the sources."""
    known: dict[str, dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("variables.yaml").read_text(encoding="utf-8"))
    return known


def label(variable: str, lang: str = "en") -> str:
    """A variable's name in a language; one of the user's own keeps its id."""
    return str(variables().get(variable, {}).get(lang, variable))
