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
import sys
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager


@contextmanager
def restored() -> Iterator[None]:
    """Working directory, environment, import path, warnings, random state, locale, builtins and the options of
    numpy, pandas and matplotlib are on leaving what they were on entering."""
    with ExitStack() as stack:
        stack.callback(os.chdir, os.getcwd())
        for mapping in (os.environ, vars(builtins)):
            stack.callback(_restore_mapping, mapping, dict(mapping))
        stack.callback(sys.path.__setitem__, slice(None), list(sys.path))
        stack.callback(random.setstate, random.getstate())
        stack.callback(locale.setlocale, locale.LC_ALL, locale.setlocale(locale.LC_ALL))
        root = logging.getLogger()
        stack.callback(root.setLevel, root.level)
        stack.callback(root.handlers.__setitem__, slice(None), list(root.handlers))
        stack.enter_context(warnings.catch_warnings())
        # only where already imported: what is not there cannot have been changed by an earlier notebook
        if "numpy" in sys.modules:
            import numpy as np

            stack.callback(np.random.set_state, np.random.get_state())
            stack.callback(lambda options: np.set_printoptions(**options), np.get_printoptions())
            stack.enter_context(np.errstate())
        if "pandas" in sys.modules:
            stack.callback(_restore_pandas, _pandas_options())
        if "matplotlib" in sys.modules:
            import matplotlib

            stack.enter_context(matplotlib.rc_context())
        yield


def _restore_mapping(mapping, before: dict) -> None:
    for key in mapping.keys() - before.keys():
        del mapping[key]
    for key, value in before.items():
        if mapping.get(key) is not value:
            mapping[key] = value


def _pandas_options() -> dict:
    from pandas._config import config

    with warnings.catch_warnings(action="ignore"):  # of options that are deprecated: nobody here asked for them
        return {key: config.get_option(key) for key in config._registered_options}


def _restore_pandas(before: dict) -> None:
    from pandas._config import config

    for key, value in _pandas_options().items():
        if value != before.get(key, value):
            config.set_option(key, before[key])
