"""Definition files as data: YAML 1.2 words, no code, and the line of every value for error messages.

``yes`` and ``no`` stay words (in YAML 1.1 they become booleans, which would spoil answer scales), dates stay text,
and a key given twice is an error instead of a silent overwrite.
"""

import re
from pathlib import Path
from typing import Any

import yaml

from migof_research.errors import InputError

Place = tuple[str | int, ...]

MAX_BYTES = 5_000_000  # a definition file is text written by people


class _Loader(yaml.SafeLoader):
    """SafeLoader with YAML 1.2's resolution of plain words, and without aliases (they allow billion-laughs files)."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()
            raise yaml.composer.ComposerError(None, None, "aliases (*name) are not allowed", event.start_mark)
        return super().compose_node(parent, index)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers if tag in ("tag:yaml.org,2002:null", "tag:yaml.org,2002:float")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_WORDS = re.compile(r"^(?:true|false)$")
_INTEGER = re.compile(r"^[-+]?(?:0|[1-9][0-9]*)$")
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", _WORDS, list("tf"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", _INTEGER, list("-+0123456789"))


def read(path: Path) -> tuple[Any, dict[Place, int]]:
    """The content of a YAML file and the line of each place in it.

    Returns ``(content, lines)`` where ``lines`` maps a path of keys and positions, such as ``("nodes", 0, "label")``,
    to a line number from 1. Raises InputError naming file and line for what cannot be read as YAML.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(f"{path}: larger than {MAX_BYTES // 1_000_000} MB; a definition file is not.")
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 text (byte {error.start}); save it as UTF-8.") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}).") from error
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        lines: dict[Place, int] = {}
        problems: list[str] = []
        if node is not None:
            _note_lines(node, (), lines, problems, path)
        if problems:
            raise InputError(problems)
        return (loader.construct_document(node) if node is not None else None), lines
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        raise InputError(f"{path}{where}: not valid YAML: {getattr(error, 'problem', None) or error}.") from error
    finally:
        loader.dispose()


def _note_lines(node: yaml.Node, place: Place, lines: dict[Place, int], problems: list[str], path: Path) -> None:
    lines[place] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else "?"
            if name in seen:
                problems.append(f"{path}, line {key.start_mark.line + 1}: the key {name!r} is given twice.")
            seen.add(name)
            _note_lines(value, (*place, name), lines, problems, path)
            lines[(*place, name)] = key.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode):
        for position, value in enumerate(node.value):
            _note_lines(value, (*place, position), lines, problems, path)
