from pathlib import Path

PSYCH = Path(__file__).parents[1] / "data" / "psych"
