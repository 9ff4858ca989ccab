"""environment.yml, pyproject.toml and the lock files name the same packages, and no place they come from."""

import re
import tomllib

import pytest
import yaml
from packaging.requirements import Requirement

from migof_research import paths

PROJECT = tomllib.loads((paths.root() / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ENVIRONMENT = yaml.safe_load((paths.root() / "environment.yml").read_text(encoding="utf-8"))


def bounds(lines):
    """Name and version bounds of each requirement; conda knows no extras."""
    return {requirement.name: str(requirement.specifier) for requirement in map(Requirement, lines)}


def test_conda_gets_the_same_names_and_bounds():
    listed = bounds(line for line in ENVIRONMENT["dependencies"] if isinstance(line, str) and line != "pip")
    assert listed.pop("python") == PROJECT["requires-python"]
    assert listed == bounds(PROJECT["dependencies"])


def test_conda_installs_this_package_too():
    assert ENVIRONMENT["dependencies"][-1] == {"pip": ["--editable ."]}


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_the_lock_pins_every_dependency_within_its_bounds_with_hashes_and_no_address(name):
    text = (paths.root() / name).read_text(encoding="utf-8")
    pinned = dict(re.findall(r"^([a-z0-9._-]+)==([^ ;\\]+)", text, flags=re.MULTILINE))
    for requirement in map(Requirement, PROJECT["dependencies"]):
        assert pinned[requirement.name.lower()] in requirement.specifier, requirement
    assert text.count("--hash=sha256:") > len(pinned)
    assert not re.search(r"https?://|--index-url|--find-links|file:", text)


def test_every_bound_has_a_lower_end():
    assert all(">=" in line for line in PROJECT["dependencies"])
