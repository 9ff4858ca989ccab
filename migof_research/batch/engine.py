"""A papermill engine that runs the cells in this very process: no kernel to start, no sockets, no threads.

``papermill --engine migof in.ipynb out.ipynb`` or ``papermill.execute_notebook(..., engine_name="migof")``. The cells
run in ipykernel's own shell class; what that shell would send to a front end goes straight to nbclient's own message
handling. So outputs, updates, errors and times are recorded by the same code as with a real kernel. Not carried over:
widgets that talk back (comms), and time-outs of a cell on platforms without SIGALRM.

papermill loads this module by its entry point while it is being imported itself, so import papermill first.
"""

import logging
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

from ipykernel.ipkernel import IPythonKernel
from nbclient.client import timestamp
from nbclient.exceptions import CellExecutionComplete, CellTimeoutError
from nbclient.util import run_sync
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine
from papermill.log import logger
from papermill.utils import merge_kwargs, remove_args

from migof_research.batch.shell import Wire, shell_on
from migof_research.batch.state import restored
from migof_research.batch.streams import Streams

AGAIN = 10  # seconds from one interruption of a cell that runs too long to the next
PARENT = {"header": {"msg_id": "in-process"}}  # every output belongs to the one request under way

Journal = Callable[[int, Any, bool], None]


class InProcessEngine(Engine):  # type: ignore[misc]  # papermill has no types
    """papermill's engine interface; the same options as its own nbclient engine, and ``journal``."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, execution_timeout: float | None = None, **kwargs: Any) -> Any:
        """Run the cells of ``nb_man.nb``; what the notebook did to this process is undone afterwards."""
        options = merge_kwargs(
            remove_args(["input_path", "timeout", "startup_timeout", "start_timeout"], **kwargs),
            timeout=execution_timeout or kwargs.get("timeout"),
            kernel_name=kernel_name,
            log=logger,
        )
        with restored():
            return InProcessClient(nb_man, **options).execute()


class InProcessClient(PapermillNotebookClient):  # type: ignore[misc]  # papermill has no types
    """nbclient without a kernel: only how a cell is run differs."""

    def __init__(self, nb_man: Any, journal: Journal | None = None, **kwargs: Any):
        super().__init__(nb_man, **kwargs)
        self.journal = journal  # called with (index, cell, done) before and after each cell runs

    def execute(self, **kwargs: Any) -> Any:
        self.reset_execution_trackers()
        self.wire = Wire(self._receive)
        self.streams = Streams(self.wire, PARENT)
        with _own_logging(), shell_on(self.wire) as self.shell:
            self.shell.set_parent(PARENT)
            self.papermill_execute_cells()
        self.nb.metadata["language_info"] = IPythonKernel.language_info
        self.set_widgets_metadata()
        return self.nb

    def execute_cell(self, cell: Any, cell_index: int, execution_count: int | None = None, store_history: bool = True) -> Any:
        skipped = self.skip_cells_with_tag in cell.metadata.get("tags", [])
        if cell.cell_type != "code" or not cell.source.strip() or skipped:
            return cell
        self.cell, self.cell_index = cell, cell_index
        self.clear_before_next_output = False
        self.code_cells_executed += 1
        cell.outputs = []
        if self.record_timing:
            cell.metadata["execution"] = {}
        if self.journal:
            self.journal(cell_index, cell, False)

        self._send("status", execution_state="busy")
        self._send("execute_input", code=cell.source, execution_count=self.shell.execution_count)
        with self.streams.captured(), self._alarm(cell) as late:
            result = self.shell.run_cell(cell.source, store_history=store_history, cell_id=cell.get("id"))
        self._send("status", execution_state="idle")

        reply = self._reply(result)
        if self.record_timing:
            cell.metadata["execution"]["shell.execute_reply"] = timestamp(reply)
        if self.journal:
            self.journal(cell_index, cell, True)
        if late and not self.interrupt_on_timeout:
            raise CellTimeoutError.error_from_timeout_and_cell("Cell execution timed out", self._get_timeout(cell), cell)
        if reply["content"]["status"] == "error":
            run_sync(self._check_raise_for_error)(cell, cell_index, reply)
        return cell

    def _send(self, msg_type: str, **content: Any) -> None:
        self.wire.send(None, msg_type, content, parent=PARENT)

    def _receive(self, msg: dict[str, Any]) -> None:
        with suppress(CellExecutionComplete):  # the way nbclient notices that the kernel is idle
            self.process_message(msg, self.cell, self.cell_index)

    def _reply(self, result: Any) -> dict[str, Any]:
        """What a kernel answers to an execute request (ipykernel.ipkernel.IPythonKernel.do_execute)."""
        error = result.error_before_exec or result.error_in_exec
        content = {"status": "ok", "execution_count": self.shell.execution_count - 1}
        if not result.success or self.shell._last_traceback_during_displayhook:
            content |= {
                "status": "error",
                "ename": type(error).__name__,
                "evalue": str(error),
                "traceback": self.shell._last_traceback or [],
            }
        self.shell.payload_manager.clear_payload()
        return self.wire.msg("execute_reply", content, parent=PARENT)

    @contextmanager
    def _alarm(self, cell: Any) -> Iterator[list[int]]:
        """Interrupt a cell that runs too long; the list then holds something."""
        late: list[int] = []
        seconds = self._get_timeout(cell)
        if not seconds or not hasattr(signal, "SIGALRM") or threading.current_thread() is not threading.main_thread():
            yield late
            return

        def ring(signum: int, frame: FrameType | None) -> None:
            late.append(signum)
            raise KeyboardInterrupt

        before = signal.signal(signal.SIGALRM, ring)
        # and again: a cell may catch everything; not soon, or it would break into the telling of the first interruption
        signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
        try:
            yield late
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)


@contextmanager
def _own_logging() -> Iterator[None]:
    """A notebook starts with an unconfigured root logger; papermill's messages still go where they went."""
    root, handlers, propagate = logging.getLogger(), list(logger.handlers), logger.propagate
    logger.handlers += root.handlers
    logger.propagate = False
    root.handlers.clear()
    root.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.handlers[:], logger.propagate = handlers, propagate
