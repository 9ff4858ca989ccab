"""docs/doors.md, made from the cases that the tests try: ``python -m tests.doors.page > docs/doors.md``."""

from itertools import groupby

from tests.doors.cases import CASES
from tests.doors.tables import DOORS, SPOILT

HEAD = """# Doors

What was tried at each way into the package, and what came. Every line is a test (`tests/doors/`), and this page is made
from the tests: `python -m tests.doors.page > docs/doors.md`. "Refused" is a sentence that names the place and says what
is expected, never a traceback, and nothing is written; the words quoted are a part of it. Beyond the lines, random texts,
bytes and framework files are tried (`test_properties.py`), tables of a million rows, and what the machine may do in the
middle of it (`test_faults.py`).

## Tables in CSV files

The same bad tables at each door.

"""


def page() -> str:
    doors = [door.name for door in DOORS]
    lines = [f"| given | {' | '.join(doors)} |", f"|---|{'---|' * len(doors)}"]
    for spoilt in SPOILT:
        told = [spoilt.but.get(door.name.split()[0], spoilt.told) for door in DOORS]
        lines.append(f"| {spoilt.how} | {' | '.join(_came(text) for text in told)} |")
    for door, cases in groupby(CASES, key=lambda case: case.door):
        lines += ["", f"## {door[0].upper()}{door[1:]}", "", "| given | what came |", "|---|---|"]
        lines += [f"| {_cell(case.given)} | {_came(case.came)} |" for case in cases]
    return HEAD + "\n".join(lines) + "\n"


def _came(told: str) -> str:
    return f"refused: “{_cell(told)}”" if told else "right"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


if __name__ == "__main__":
    print(page(), end="")
