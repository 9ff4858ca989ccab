"""What one notebook may change in the process it runs in, put back afterwards.

Reports of a batch run in processes of their own, forked from one parent, so nothing can pass from one to the other.
This is for that parent, which runs a throw-away notebook to be warm, and for callers that run several notebooks in one
process.
"""

import builtins
import locale
import logging
import os
import random
import stat
import sys
import warnings
from collections.abc import Iterator, MutableMapping
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

import matplotlib
import numpy as np
from pandas._config import config

if sys.platform != "win32":  # where nothing is forked either
    import fcntl


@contextmanager
def restored() -> Iterator[None]:
    """Working directory, environment, import path, warnings, logging, random state, locale, builtins and the options
    of numpy, pandas and matplotlib are on leaving what they were on entering."""
    root = logging.getLogger()
    with ExitStack() as stack:
        stack.callback(os.chdir, os.getcwd())
        for mapping in (os.environ, vars(builtins)):
            stack.callback(_restore, mapping, dict(mapping))
        stack.callback(sys.path.__setitem__, slice(None), list(sys.path))
        stack.callback(root.handlers.__setitem__, slice(None), list(root.handlers))
        stack.callback(root.setLevel, root.level)
        stack.callback(random.setstate, random.getstate())
        stack.callback(locale.setlocale, locale.LC_ALL, locale.setlocale(locale.LC_ALL))
        stack.callback(np.random.set_state, np.random.get_state())
        stack.callback(lambda options: np.set_printoptions(**options), np.get_printoptions())
        stack.callback(_restore_pandas, _pandas_options())
        stack.enter_context(np.errstate())
        stack.enter_context(warnings.catch_warnings())
        stack.enter_context(matplotlib.rc_context())
        yield


def own_files() -> None:
    """To be called first in a forked child: read files that the parent has open at a position of its own.

    Parent and children share that position otherwise. matplotlib reads glyphs from open font files as it needs them,
    and keeps fonts in more caches than it empties at a fork: two children that draw at once get each other's bytes.
    """
    for name in os.listdir("/proc/self/fd") if os.path.isdir("/proc/self/fd") else ():
        with suppress(OSError):  # the listing's own descriptor, files that are gone
            fd = int(name)
            path, mine = os.readlink(f"/proc/self/fd/{fd}"), os.fstat(fd)
            readable = fcntl.fcntl(fd, fcntl.F_GETFL) & os.O_ACCMODE == os.O_RDONLY
            if fd > 2 and stat.S_ISREG(mine.st_mode) and readable and os.path.samestat(mine, os.stat(path)):
                fresh = os.open(path, os.O_RDONLY)
                os.lseek(fresh, os.lseek(fd, 0, os.SEEK_CUR), os.SEEK_SET)
                os.dup2(fresh, fd, inheritable=False)
                os.close(fresh)


def _restore(mapping: MutableMapping[str, Any], before: dict[str, Any]) -> None:
    for key in mapping.keys() - before.keys():
        del mapping[key]
    for key, value in before.items():
        if mapping.get(key) is not value:
            mapping[key] = value


def _pandas_options() -> dict[str, Any]:
    with warnings.catch_warnings(action="ignore"):  # of options that are deprecated: nobody here asked for them
        return {key: config.get_option(key) for key in config._registered_options}


def _restore_pandas(before: dict[str, Any]) -> None:
    for key, value in _pandas_options().items():
        if value != before[key]:
            config.set_option(key, before[key])
