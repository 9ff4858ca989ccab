from pathlib import Path

import pytest

PSYCH = Path(__file__).parents[1] / "data" / "psych"
COINR = Path(__file__).parents[3] / "shared" / "oracle" / "coinr"
needs_coinr = pytest.mark.skipif(not COINR.is_dir(), reason="results of COINr, which are no part of the project, are not there")
