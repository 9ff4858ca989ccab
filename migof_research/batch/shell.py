"""The shell of the in-process engine: ipykernel's, with a plain function where its sockets would be."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import matplotlib
from ipykernel.compiler import XCachingCompiler, get_file_name
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.error import StdinNotImplementedError
from IPython.core.interactiveshell import InteractiveShell
from jupyter_client.session import Session
from traitlets.config import Config

INLINE = "module://matplotlib_inline.backend_inline"


class Wire(Session):
    """A jupyter session whose messages arrive at once, in this process, as if they had been sent as JSON."""

    def __init__(self, receive: Callable[[dict[str, Any]], None]):
        super().__init__()
        self.receive = receive

    def send(self, stream: Any, msg_or_type: Any, content: Any = None, parent: Any = None, ident: Any = None, **kwargs: Any) -> None:  # type: ignore[override]  # nobody needs what the socket's method returns
        msg = msg_or_type if isinstance(msg_or_type, dict) else self.msg(msg_or_type, content, parent)
        # as a front end gets it: bytes as base64, tuples as lists, nothing shared with the notebook's own objects
        self.receive(msg | {"content": self.unpack(self.pack(msg["content"]))})


class Compiler(XCachingCompiler):
    """Names cells in warnings as a kernel does (ipykernel_<process>/<hash>.py) but the same in every process."""

    def get_code_name(self, raw_code: str, code: str, number: int) -> str:
        return str(Path("ipykernel_0", Path(get_file_name(raw_code)).name))


class Shell(ZMQInteractiveShell):
    def enable_gui(self, gui: str | None = None) -> None:
        self.active_eventloop = gui  # no event loop to join: figures are drawn inline


@contextmanager
def shell_on(wire: Wire) -> Iterator[Any]:
    """A fresh shell, the one ``get_ipython()`` finds, that talks through ``wire``; the former one is put back."""
    former: Any = InteractiveShell._instance
    if former:
        type(former).clear_instance()
    shell: Any = Shell.instance(
        config=Config(HistoryManager={"enabled": False}),  # no history file, and no thread that writes it
        compiler_class=Compiler,
        kernel=SimpleNamespace(eventloop=None),  # what exit() asks for
        user_ns={},
    )
    shell.displayhook.session = shell.display_pub.session = wire
    shell.displayhook.topic = b"execute_result"
    _draw_inline(shell)
    shell.builtin_trap.auto_builtins["input"] = _no_input
    try:
        yield shell
    finally:
        shell.restore_sys_module_state()
        Shell.clear_instance()
        for cls in type(former)._walk_mro() if former else ():
            cls._instance = former


def _no_input(prompt: object = "") -> str:
    raise StdinNotImplementedError("raw_input was called, but this frontend does not support input requests.")


def _draw_inline(shell: Any) -> None:
    """What a kernel does by an environment variable, here where matplotlib may have been imported before."""
    os.environ.setdefault("MPLBACKEND", INLINE)
    matplotlib.rcParams["backend"] = os.environ["MPLBACKEND"]
    if "matplotlib.pyplot" in sys.modules and os.environ["MPLBACKEND"] == INLINE:
        from matplotlib import pyplot
        from matplotlib_inline import backend_inline
        from matplotlib_inline.config import InlineBackend

        pyplot.close("all")
        InlineBackend.clear_instance()
        setup: Any = backend_inline.configure_inline_support
        setup.current_backend = "unset"  # else a second shell shows no figures
        shell.enable_matplotlib("inline")
