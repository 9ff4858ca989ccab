"""The studies there are: one notebook each, with its parameters read from the cell tagged ``parameters``.

Notebooks are read as plain JSON and the cell as a syntax tree: nothing is executed or imported for it, so listing the
studies is quick, and a parameter that papermill would only warn about is an error before anything runs.
"""

import ast
import difflib
import io
import json
import tokenize
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from migof_research import paths
from migof_research.errors import InputError

TYPES = {t.__name__: t for t in (str, int, float, bool, list, dict, tuple, type(None))} | {"Any": Any}
TRUTH = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}


@dataclass(frozen=True)
class Parameter:
    """One line of a parameters cell, ``name: type = default  # about``."""

    name: str
    type: str
    default: Any
    about: str

    def check(self, value: Any) -> Any:
        """The value, if it is of the declared type; text is read as a command line means it. Raises ValueError."""
        for reading in self._readings(value) if isinstance(value, str) else [value]:
            try:
                return self._adapter().validate_python(reading, strict=True)
            except ValidationError:
                continue
        raise ValueError(f"{self.name} must be {self.type}, such as {self.default!r}; {value!r} is not.")

    def _readings(self, text: str) -> Iterator[Any]:
        """What text may mean: None, itself, yes or no, a Python literal, a,b,c for a list."""
        if text == "None":
            yield None
        yield text
        yield TRUTH.get(text.lower(), text)
        with suppress(ValueError, SyntaxError):
            yield ast.literal_eval(text)
        yield [part.strip() for part in text.split(",") if part.strip()]

    def _adapter(self) -> TypeAdapter[Any]:
        return TypeAdapter(eval(self.type, {"__builtins__": {}}, TYPES))


@dataclass(frozen=True)
class Study:
    """A notebook as a function of its parameters; ``unit`` names the parameter that takes the unit, if there is one."""

    name: str
    path: Path
    title: str
    about: str
    unit: str | None
    order: int
    warm: bool
    sources: tuple[str, ...] = field(repr=False)
    parameters: Mapping[str, Parameter] = field(repr=False)

    @property
    def defaults(self) -> dict[str, Any]:
        return {name: parameter.default for name, parameter in self.parameters.items()}

    def values(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Given parameters (text is parsed), checked by name and type. Raises InputError with every problem."""
        values, problems = {}, []
        for name, value in given.items():
            if name not in self.parameters:
                known = ", ".join(self.parameters) or "none"
                problems.append(f"{self.name} has no parameter {name!r}.{_near(name, self.parameters)} Its parameters: {known}.")
                continue
            try:
                values[name] = self.parameters[name].check(value)
            except ValueError as error:
                problems.append(f"{self.name}: {error}")
        if problems:
            raise InputError(problems)
        return values


def studies() -> list[Study]:
    """All studies, in the order their notebooks ask for."""
    found = [read(path) for path in paths.notebooks().glob("*.ipynb")]
    return sorted(found, key=lambda study: (study.order, study.name))


def find(name: str) -> Study:
    """The study of a name, or of a notebook's path. Raises InputError with the nearest names."""
    known = {path.stem: path for path in sorted(paths.notebooks().glob("*.ipynb"))}
    stem = Path(name).stem if name.endswith(".ipynb") else name
    if stem not in known:
        raise InputError(f"No study {name!r}.{_near(stem, known)} `migof studies` lists them: {', '.join(known) or 'none'}.")
    return read(known[stem])


def read(path: Path) -> Study:
    """The study of one notebook. Raises InputError for a notebook or a parameters cell that cannot be read."""
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        cells, meta = notebook["cells"], notebook["metadata"].get("migof", {})
        tagged = [cell for cell in cells if "parameters" in cell["metadata"].get("tags", [])]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path} is not a notebook that can be read: {error}") from error
    parameters = {p.name: p for cell in tagged[:1] for p in _parameters("".join(cell["source"]), path)}
    if meta.get("unit") and meta["unit"] not in parameters:
        raise InputError(f"{path}: the unit parameter {meta['unit']!r} is not in the cell tagged parameters.")
    return Study(
        name=path.stem,
        path=path,
        title=meta.get("title", path.stem),
        about=meta.get("about", ""),
        unit=meta.get("unit"),
        order=meta.get("order", 99),
        warm=meta.get("warm", False),
        sources=tuple("".join(cell["source"]) for cell in cells),
        parameters=parameters,
    )


def _parameters(source: str, path: Path) -> Iterable[Parameter]:
    try:
        statements: list[Any] = ast.parse(source).body  # what is no assignment fails below
    except SyntaxError as error:
        raise InputError(f"{path}: the cell tagged parameters is not Python: {error}") from error
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    comments = {token.start[0]: token.string.lstrip("# ") for token in tokens if token.type == tokenize.COMMENT}
    for node in statements:
        target: Any = node.target if isinstance(node, ast.AnnAssign) else node.targets[0] if isinstance(node, ast.Assign) else None
        try:
            default = ast.literal_eval(node.value)
            kind = ast.unparse(node.annotation) if isinstance(node, ast.AnnAssign) else type(default).__name__
            parameter = Parameter(target.id, kind, default, comments.get(node.end_lineno, ""))
            parameter.check(default)
        except Exception as error:
            line = ast.get_source_segment(source, node)
            raise InputError(f"{path}: cannot take {line!r} as a parameter; write it as name: type = value  # about.") from error
        yield parameter


def _near(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(known), n=3)
    return f" Did you mean {' or '.join(near)}?" if near else ""
