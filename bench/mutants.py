"""Mutation testing of scores, bands and intervals: how many small faults put into the code do the tests find?

    .venv/bin/python bench/mutants.py                    # all of them; docs/mutation.md has the result
    .venv/bin/python bench/mutants.py bands margins

Each mutant is a forked process in which one operator, constant or function of one module is another one. The quick
tests run first, the slow ones only on what survives them; a mutant that takes 60 seconds of computing counts as found.
"""

import ast
import os
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.machinery import SourceFileLoader
from pathlib import Path

import hypothesis
import pandas  # noqa: F401  imported once, here, and shared by all mutants
import pytest

import migof_research.indicators.units  # noqa: F401

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "migof_research" / "scoring"
MODULES = ["exact", "answers", "levels", "margins", "bands"]
SLOW = "brute_force or levels_made_from_answers or 35_items or add_up_to_the_change or are_the_levels or six_points or one_more_yes"
TESTS = ["tests/scoring", "tests/analysis/test_shares.py"]
SWAPS = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.USub: ast.UAdd,
    ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any", "bisect_right": "bisect_left", "ceil": "floor"}
SIDES = {"right": "left"}


def places(tree: ast.Module):
    """Every place where the code can be changed, as (line, what, change): ``change()`` changes the tree."""
    skipped = {id(part) for node in ast.walk(tree) for part in _types(node)}
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        ops = node.ops if isinstance(node, ast.Compare) else [node.op] if hasattr(node, "op") else []
        for i, op in enumerate(ops):
            if swap := SWAPS.get(type(op)):
                yield node.lineno, f"{type(op).__name__} -> {swap.__name__}", lambda n=node, i=i, s=swap: _put(n, i, s())
        for field in ("id", "attr"):
            if (name := getattr(node, field, None)) in NAMES:
                yield node.lineno, f"{name} -> {NAMES[name]}", lambda n=node, f=field, to=NAMES[name]: setattr(n, f, to)
        if isinstance(node, ast.Constant) and isinstance(node.value, bool):
            yield node.lineno, f"{node.value} -> {not node.value}", lambda n=node: setattr(n, "value", not n.value)
        elif isinstance(node, ast.Constant) and (isinstance(node.value, int) or node.value in SIDES):
            new = SIDES[node.value] if node.value in SIDES else node.value + 1
            yield node.lineno, f"{node.value} -> {new}", lambda n=node, new=new: setattr(n, "value", new)


def _put(node: ast.AST, place: int, op: ast.AST) -> None:
    if isinstance(node, ast.Compare):
        node.ops[place] = op
    else:
        node.op = op


def _types(node: ast.AST):
    """What only says a type, and the belt and braces of ``zip(..., strict=True)``: no test can tell."""
    if isinstance(node, ast.keyword) and node.arg == "strict":
        yield node.value
    for top in (getattr(node, "annotation", None), getattr(node, "returns", None)):
        yield from ast.walk(top) if top else ()


def found(module: str, number: int, chosen: str) -> bool:
    """Whether the tests fail with this change, tried in a process of its own."""
    if child := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0
    signal.setitimer(signal.ITIMER_VIRTUAL, 60)
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1), os.dup2(null, 2)
    name, own = f"migof_research.scoring.{module}", SourceFileLoader.get_code

    def get_code(loader, fullname):
        if fullname != name:
            return own(loader, fullname)
        tree = ast.parse((FOLDER / f"{module}.py").read_text(encoding="utf-8"))
        if number >= 0:
            list(places(tree))[number][2]()
        return compile(tree, str(FOLDER / f"{module}.py"), "exec")

    SourceFileLoader.get_code = get_code
    hypothesis.settings.register_profile("mutants", derandomize=True, database=None, deadline=None, max_examples=20)
    hypothesis.settings.load_profile("mutants")
    os._exit(int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", *TESTS, "-k", chosen])))


def survivor(place: tuple[str, int]) -> bool:
    return not found(*place, f"not ({SLOW})") and not found(*place, SLOW)


def main() -> None:
    chosen = sys.argv[1:] or MODULES
    if not survivor((chosen[0], -1)):
        sys.exit("The tests fail without a mutant.")
    total, alive = 0, 0
    for module in chosen:
        source = (FOLDER / f"{module}.py").read_text(encoding="utf-8")
        told = [(line, what) for line, what, _change in places(ast.parse(source))]
        with ThreadPoolExecutor(2) as pool:
            lives = list(pool.map(survivor, [(module, number) for number in range(len(told))]))
        for (line, what), lived in zip(told, lives, strict=True):
            if lived:
                print(f"{module}.py:{line}: {what}: {source.splitlines()[line - 1].strip()}")
        print(f"{module}: {len(told)} mutants, {sum(lives)} survive", flush=True)
        total, alive = total + len(told), alive + sum(lives)
    print(f"{total} mutants, {total - alive} found, {alive} survive")


if __name__ == "__main__":
    os.chdir(ROOT)
    main()
