"""A project of its own for each test, and a server on this machine that answers as the services do, or worse."""

import shutil
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

import pytest

from migof_research import paths
from migof_research.indicators.net import Net


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A copy of the project's data in a folder of its own, with an empty cache; the paths of the package lead there."""
    home = tmp_path / "project"
    (home / "notebooks").mkdir(parents=True)
    for folder in ("raw", "processed"):
        shutil.copytree(paths.root() / "data" / folder, home / "data" / folder)
    monkeypatch.setenv("MIGOF_HOME", str(home))
    monkeypatch.setenv("MIGOF_CACHE", str(tmp_path / "cache"))
    return home


class Service:
    """``answers``: path -> what is sent: bytes, or a function of the query and of how often it was asked before."""

    def __init__(self):
        self.answers: dict[str, bytes | Callable[[dict[str, str], int], Answer]] = {}
        self.asked: list[tuple[str, dict[str, str], dict[str, str]]] = []
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                parts = urlsplit(self.path)
                query = dict(parse_qsl(parts.query))
                before = sum(path == parts.path and asked == query for path, asked, _ in service.asked)
                service.asked.append((parts.path, query, dict(self.headers)))
                answer = service.answers.get(parts.path, Answer(b"not here", status=404))
                if callable(answer):
                    answer = answer(query, before)
                answer = answer if isinstance(answer, Answer) else Answer(answer)
                answer.send(self)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def paths_asked(self):
        return [path for path, _, _ in self.asked]


class Answer:
    def __init__(self, body=b"", status=200, headers=None, delay=0.0, cut=None, ranges=True):
        self.body, self.status, self.headers, self.delay, self.cut, self.ranges = body, status, headers or {}, delay, cut, ranges

    def send(self, handler):
        time.sleep(self.delay)
        body, status = self.body, self.status
        start = handler.headers.get("Range", "").removeprefix("bytes=").partition("-")[0]
        if start and status == 200 and self.ranges:
            status, body = 206, self.body[int(start) :]
            handler_range = f"bytes {start}-{len(self.body) - 1}/{len(self.body)}"
        try:
            handler.send_response(status)
            if status == 206:
                handler.send_header("Content-Range", handler_range)
            for name, value in self.headers.items():
                handler.send_header(name, value)
            handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            handler.wfile.write(body if self.cut is None else body[: self.cut])
        except OSError:
            pass  # the client did not wait


@pytest.fixture
def service(monkeypatch):
    running = Service()
    monkeypatch.setenv("MIGOF_MIRROR", running.address)
    yield running
    running.server.shutdown()
    running.server.server_close()


@pytest.fixture
def net():
    return Net(tries=3, timeout=(5, 5), wait=0, pause=0)
