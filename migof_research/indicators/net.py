"""Files from services that may be slow, rude or broken: retries with back-off, time-outs, a polite rate, resumption.

``MIGOF_MIRROR`` names a server that holds copies: https://host/path is then asked for at MIRROR/host/path.
"""

import json
import os
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from migof_research import __version__
from migof_research.errors import InputError

AGAIN = (408, 425, 429, 500, 502, 503, 504)
CHUNK = 1 << 14
AGENT = f"Mozilla/5.0 (compatible; migof_research/{__version__})"  # some hosts refuse what does not look like a browser

T = TypeVar("T")


class Unavailable(InputError):
    """A service that failed, or that answered something else than what was asked for."""


class Bad(ValueError):
    """An answer that another try may better."""

    def __init__(self, reason: str, retry_after: str | None = None):
        super().__init__(reason)
        self.retry_after = min(float(retry_after), 120) if retry_after and retry_after.isdigit() else None


class _Refused(Exception):
    """An answer that asking again will not change."""


@dataclass
class Net:
    """How to ask: all times in seconds."""

    tries: int = 4
    timeout: tuple[float, float] = (10, 60)  # to connect; without a byte
    deadline: float = 900  # for a file
    wait: float = 2  # before the second try; doubled before each further one
    pause: float = 0.5  # between two requests to a host
    tell: Callable[[str], None] = lambda text: None
    _asked: dict[str, float] = field(default_factory=dict, repr=False)

    def address(self, url: str) -> str:
        mirror, parts = os.environ.get("MIGOF_MIRROR"), urlsplit(url)
        return f"{mirror.rstrip('/')}/{parts.netloc}{parts.path}" if mirror else url

    def save(self, url: str, path: Path, kind: str, params: Mapping[str, Any] | None = None) -> Path:
        """The file at ``url``, saved whole at ``path``; one that is there already is not asked for again.

        ``kind`` is what it must be: json, csv, xlsx or xml. A try that breaks off goes on where it stopped.
        Raises Unavailable with the last reason once all tries are used.
        """
        if path.is_file():
            return path
        part = path.with_name(f"{path.name}.part")
        part.unlink(missing_ok=True)  # of another day, perhaps of another edition

        def once() -> Path:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._receive(url, part, params)
            try:
                examine(part, kind)
            except Bad:
                part.unlink()
                raise
            os.replace(part, path)
            self.tell(f"{path.name}: {path.stat().st_size:,} bytes")
            return path

        return self.again(once, url)

    def again(self, once: Callable[[], T], what: str) -> T:
        """The result of ``once``, tried again while the service fails."""
        import requests

        for attempt in range(1, self.tries + 1):
            pause = self.wait * 2 ** (attempt - 1)
            try:
                return once()
            except _Refused as error:
                raise Unavailable(f"{what}: {error}.") from error
            except Bad as error:
                reason, pause = str(error), error.retry_after or pause
            except requests.Timeout:
                reason = f"no answer within {self.timeout[1]:g} s"
            except requests.RequestException:
                reason = "no connection, or it broke off"
            except OSError as error:  # ours, not the service's: asking again does not help
                raise InputError(f"{what}: cannot be saved ({error.strerror}).") from error
            if attempt < self.tries:
                self.tell(f"{what}: {reason}; again in {pause:g} s")
                time.sleep(pause)
        raise Unavailable(f"{what}: {reason} (tried {self.tries} times).")

    @contextmanager
    def polite(self, url: str) -> Iterator[None]:
        """Wait until the host may be asked again."""
        host = urlsplit(url).netloc
        time.sleep(max(0, self._asked.get(host, 0) + self.pause - time.monotonic()))
        try:
            yield
        finally:
            self._asked[host] = time.monotonic()

    def _receive(self, url: str, part: Path, params: Mapping[str, Any] | None) -> None:
        import requests

        have = part.stat().st_size if part.exists() else 0
        headers = {"User-Agent": AGENT, "Accept-Encoding": "identity"} | ({"Range": f"bytes={have}-"} if have else {})
        end = time.monotonic() + self.deadline
        with (
            self.polite(url),
            requests.get(self.address(url), params=params, headers=headers, timeout=self.timeout, stream=True) as answer,
        ):
            if answer.status_code == 416:  # the part is longer than the file: begin anew
                part.unlink()
            if answer.status_code in AGAIN or answer.status_code == 416:
                raise Bad(f"status {answer.status_code}", answer.headers.get("Retry-After"))
            if answer.status_code >= 400:
                raise _Refused(f"status {answer.status_code} {answer.reason}")
            goes_on = answer.status_code == 206 and answer.headers.get("Content-Range", "").startswith(f"bytes {have}-")
            with part.open("ab" if goes_on else "wb") as file:
                for chunk in answer.iter_content(CHUNK):
                    file.write(chunk)
                    if time.monotonic() > end:
                        raise Bad(f"not done after {self.deadline:g} s")


def examine(path: Path, kind: str) -> None:
    """Bad where a file is not of its kind: empty, a web page with status 200, cut off, damaged."""
    content = path.read_bytes()
    head = content[:500].lstrip().lower()
    if not head:
        raise Bad("an empty answer")
    if head.startswith((b"<!doctype html", b"<html")):
        raise Bad("a web page instead of data")
    match kind:
        case "json":
            try:
                json.loads(content)
            except ValueError as error:
                raise Bad(f"no JSON ({error})") from error
        case "xlsx":
            try:
                with zipfile.ZipFile(path) as archive:
                    broken = archive.testzip()
            except (zipfile.BadZipFile, zlib.error, OSError) as error:
                raise Bad(f"no workbook ({error})") from error
            if broken:
                raise Bad(f"a damaged workbook ({broken})")
        case "xml" if not head.startswith(b"<"):
            raise Bad("no XML")
