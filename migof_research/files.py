"""Write beside, then rename: a file is always wholly the old one or wholly the new one."""

import hashlib
import os
from pathlib import Path

import pandas as pd

from migof_research.errors import InputError


def write(path: Path, content: bytes) -> None:
    """Put ``content`` in the place of ``path``; InputError where that cannot be done, and the old file is as it was."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            beside.write_bytes(content)
            os.replace(beside, path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror}).") from error


def to_csv(table: pd.DataFrame) -> bytes:
    """UTF-8, line feeds on every system, flags as true and false, missing as nothing: same table, same bytes."""
    flags = {name: table[name].map({True: "true", False: "false"}) for name in table.columns if table[name].dtype in ("bool", "boolean")}
    return str(table.assign(**flags).to_csv(index=False, lineterminator="\n")).encode()


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
