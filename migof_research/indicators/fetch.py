"""Files that are fetched once, known by their hash, and kept in a cache outside the project: none is ever committed."""

import hashlib
import os
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from migof_research.errors import InputError

SECONDS = 60  # without a byte, before a server is given up
CHUNK = 1 << 20


@dataclass(frozen=True)
class Remote:
    """One file as published: where it is, what it is, under which licence."""

    name: str
    url: str
    sha256: str
    size: int  # bytes
    title: str
    licence: str


def cache() -> Path:
    """``MIGOF_CACHE``, or the user's cache folder."""
    base = os.environ.get("MIGOF_CACHE") or Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "migof_research"
    return Path(base)


def cached(remote: Remote) -> Path | None:
    """The file in the cache, if it is there and whole."""
    path = cache() / remote.url.rpartition("/")[2]
    return path if path.is_file() and _hash(path) == remote.sha256 else None


def fetch(remote: Remote) -> Path:
    """The file, from the cache or else from its address; InputError where it cannot be had or is another one."""
    if path := cached(remote):
        return path
    path = cache() / remote.url.rpartition("/")[2]
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with urllib.request.urlopen(remote.url, timeout=SECONDS) as answer, beside.open("wb") as file:
            while chunk := answer.read(CHUNK):
                file.write(chunk)
                if file.tell() > remote.size:
                    break  # longer than the file we know: its hash will tell
        if (found := _hash(beside)) != remote.sha256:
            raise InputError(f"{remote.url} is not the file known as {remote.name}: its SHA-256 is {found}, not {remote.sha256}.")
        os.replace(beside, path)
    except OSError as error:
        advice = f"fetch it by hand into {path.parent}"
        raise InputError(f"{remote.name} cannot be fetched from {remote.url} ({error}): {advice}.") from error
    finally:
        beside.unlink(missing_ok=True)
    return path


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
