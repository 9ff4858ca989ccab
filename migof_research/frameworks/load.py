"""Load and validate framework files: every fault of a file at once, each with its line."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from migof_research.errors import InputError
from migof_research.frameworks import yamlfile
from migof_research.frameworks.model import OVERALL, Framework, Node, Text

DEFINITIONS = Path(__file__).parent / "definitions"
MAX_DEPTH = 12


def available() -> list[str]:
    """The ids of the frameworks that come with the package."""
    return sorted(path.stem for path in DEFINITIONS.glob("*.yaml"))


def load(framework: str | Path | Framework) -> Framework:
    """A framework by its id (``sdg_10_7_2``) or from a YAML file of one's own.

    Raises InputError with every fault of the file, each with its line and what to do.
    """
    if isinstance(framework, Framework):
        return framework
    if isinstance(framework, str) and framework in available():
        return _load(DEFINITIONS / f"{framework}.yaml")
    path = Path(framework)
    if path.suffix not in (".yaml", ".yml"):
        raise InputError(
            f"No framework is called {str(framework)!r}. There are: {', '.join(available())}; "
            "or give the path of a framework file (.yaml)."
        )
    return _read(path)


@cache
def _load(path: Path) -> Framework:
    return _read(path)


def _read(path: Path) -> Framework:
    content, lines = yamlfile.read(path)
    if not isinstance(content, dict):
        raise InputError(f"{path}: a framework file is a mapping that starts with id, version, title.")
    try:
        framework = Framework.model_validate(content)
    except ValidationError as error:
        faults = [fault for fault in error.errors() if not _follows(fault, error)]
        told = [_fault(path, lines, fault["loc"], fault["msg"]) for fault in faults]
        raise InputError(told, f"{path}: not a valid framework") from error
    problems = [_fault(path, lines, place, message) for place, message in _inconsistencies(framework)]
    if problems:
        raise InputError(problems, f"{path}: not a valid framework")
    return framework


def _follows(fault: Mapping[str, Any], error: ValidationError) -> bool:
    """Whether a list counts as too short only because its members are faulty themselves."""
    place = fault["loc"]
    return fault["type"] == "too_short" and any(other["loc"][: len(place)] == place != other["loc"] for other in error.errors())


def _fault(path: Path, lines: dict[yamlfile.Place, int], loc: tuple[int | str, ...], message: str) -> str:
    """One fault in words; pydantic's place may go deeper than the file does, so the nearest line above it is named."""
    place = tuple(loc)
    while place not in lines and place:
        place = place[:-1]
    where = ".".join(str(step + 1) if isinstance(step, int) else step for step in loc) or "file"
    return f"{path.name}, line {lines.get(place, 1)}, {where}: {message.removeprefix('Value error, ')}."


def _inconsistencies(framework: Framework) -> Iterator[tuple[yamlfile.Place, str]]:
    """What only the whole file shows: codes given twice, scales, items and languages that are not there."""
    codes = Counter([node.id for node in framework.walk()] + [item.id for item in framework.items()])
    items = {item.id for item in framework.items()}
    if items and framework.own_bands is None:
        yield ("id",), "has items but no bands; give a band scheme"
    if len(framework.aggregation) > MAX_DEPTH:
        yield ("aggregation",), f"names more than {MAX_DEPTH} levels"
    for place, text in _texts(framework):
        if absent := text.missing(framework.languages):
            yield place, f"has no text in {', '.join(absent)}, which languages promises"
    for place, node in _nodes(framework):
        if len(place) == 2 * (MAX_DEPTH + 1):
            yield place, f"{node.id} lies more than {MAX_DEPTH} levels deep"
        if codes[node.id] > 1:
            yield place, f"the code {node.id} is used {codes[node.id]} times"
        if node.id == OVERALL:
            yield place, f"the code {OVERALL} is taken by the whole"
        if items and not node.nodes and not node.items:
            yield place, f"{node.id} holds neither nodes nor items, so it cannot be scored"
        for position, item in enumerate(node.items):
            here = (*place, "items", position)
            if codes[item.id] > 1:
                yield here, f"the code {item.id} is used {codes[item.id]} times"
            if item.scale not in framework.scales:
                yield (*here, "scale"), f"no answer scale {item.scale!r}; there are {', '.join(framework.scales) or 'none'}"
            for field in ("requires", "excludes"):
                for other in getattr(item, field):
                    if other not in items or other == item.id:
                        yield (*here, field), f"{item.id} {field} {other}, which is not another item"


def _nodes(framework: Framework) -> Iterator[tuple[yamlfile.Place, Node]]:
    pending: list[tuple[yamlfile.Place, Node]] = [(("nodes", i), node) for i, node in enumerate(framework.nodes)]
    while pending:
        place, node = pending.pop(0)
        yield place, node
        pending += [((*place, "nodes", i), child) for i, child in enumerate(node.nodes)]


def _texts(framework: Framework) -> Iterator[tuple[yamlfile.Place, Text]]:
    yield ("title",), framework.title
    for position, band in enumerate(framework.bands.bands if framework.own_bands else ()):
        yield ("bands", position, "label"), band.label
    for name, scale in framework.scales.items():
        for position, option in enumerate(scale.options):
            if option.label:
                yield ("scales", name, position, "label"), option.label
    for place, node in _nodes(framework):
        yield (*place, "label"), node.label
        for position, item in enumerate(node.items):
            yield (*place, "items", position, "text"), item.text
