"""What a notebook writes, by print or straight to file descriptors 1 and 2 (C code, subprocesses), as stream outputs."""

import io
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from jupyter_client.session import Session


class Stream(io.TextIOBase):
    """``sys.stdout`` or ``sys.stderr`` of a notebook.

    Python's text and the text of others go into one file in the order they were written; ``flush`` sends what is new.
    A file, not a pipe: nobody has to read while the cell runs, so no thread is needed.
    """

    encoding = "UTF-8"

    def __init__(self, name: str, fd: int, session: Session, parent: dict[str, Any]):
        self.name, self.fd, self.session, self.parent = name, fd, session, parent
        self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 (as long as the notebook)
        self._sent = 0

    def fileno(self) -> int:
        return self.fd

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        os.write(self._file.fileno(), text.encode(errors="backslashreplace"))
        return len(text)

    def flush(self) -> None:
        end = os.fstat(self._file.fileno()).st_size
        if end > self._sent:
            text = os.pread(self._file.fileno(), end - self._sent, self._sent).decode(errors="replace")
            self._sent = end
            self.session.send(None, "stream", {"name": self.name, "text": text}, parent=self.parent)

    @contextmanager
    def on_descriptor(self) -> Iterator[None]:
        saved = os.dup(self.fd)
        os.dup2(self._file.fileno(), self.fd)
        try:
            yield
        finally:
            os.dup2(saved, self.fd)
            os.close(saved)
            self.flush()


class Streams:
    """Both streams of one notebook; ``with streams.captured():`` around each cell."""

    def __init__(self, session: Session, parent: dict[str, Any]):
        self.out = Stream("stdout", 1, session, parent)
        self.err = Stream("stderr", 2, session, parent)

    @contextmanager
    def captured(self) -> Iterator[None]:
        before = sys.stdout, sys.stderr
        _flush(*before, sys.__stdout__, sys.__stderr__)
        sys.stdout, sys.stderr = self.out, self.err
        try:
            with self.err.on_descriptor(), self.out.on_descriptor():
                yield
                _flush(sys.__stdout__, sys.__stderr__)
        finally:
            sys.stdout, sys.stderr = before


def _flush(*files: Any) -> None:
    for file in files:
        if file is not None:
            file.flush()
