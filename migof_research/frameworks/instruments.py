"""Related instruments (standards, processes, inquiries) and the nodes they serve: shown beside a mapping, never scored."""

from functools import cache
from pathlib import Path
from typing import Literal

import pandas as pd
from pydantic import TypeAdapter

from migof_research.frameworks import yamlfile
from migof_research.frameworks.model import Part, Text


class Serves(Part):
    framework: str
    node: str
    basis: Literal["stated", "inferred"]


class Instrument(Part):
    id: str
    name: Text
    about: Text
    serves: tuple[Serves, ...]


@cache
def instruments() -> tuple[Instrument, ...]:
    """Every instrument, in the order of the file."""
    content, _ = yamlfile.read(Path(__file__).parent / "instruments.yaml")
    return TypeAdapter(tuple[Instrument, ...]).validate_python(content)


def table(lang: str = "en") -> pd.DataFrame:
    """One row an instrument and node: ``instrument, name, about, framework, node, basis``; node may be ``overall``."""
    return pd.DataFrame(
        [
            (one.id, one.name.get(lang), one.about.get(lang), place.framework, place.node, place.basis)
            for one in instruments()
            for place in one.serves
        ],
        columns=["instrument", "name", "about", "framework", "node", "basis"],
    )
