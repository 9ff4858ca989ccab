"""Margins: how many answers a unit is from gaining, and from losing, its band.

Changing one answer moves an item to its best or its worst value. Where only a level is published, every set of answers
that fits the levels is looked at: the smallest and the largest number are given.
"""

from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction
from functools import cache

from migof_research.frameworks import OVERALL
from migof_research.scoring.levels import Counts, _feasible, _profiles, grid

Range = tuple[int | None, int | None]
Steps = Iterable[Fraction | int]


def fewest(steps: Steps, needed: Fraction | int, *, strictly: bool = False) -> int | None:
    """The fewest steps whose sum reaches (or, strictly, passes) what is needed; None where all of them do not.

    Taking the largest steps first is optimal because every step counts one.
    """
    reached: Fraction | int = 0
    for count, step in enumerate((0, *sorted(steps, reverse=True))):
        reached += step
        if reached > needed or (reached == needed and not strictly):
            return count
    return None


def margins_from_levels(framework_id: str, levels: Mapping[str, int]) -> dict[str, tuple[Range, Range]]:
    """For each node with a level: (smallest, largest) number of answers to gain, and to lose, its level."""
    return dict(_margins(framework_id, tuple(sorted(levels.items()))))


@cache
def _margins(framework_id: str, levels: tuple[tuple[str, int], ...]) -> tuple[tuple[str, tuple[Range, Range]], ...]:
    g, level, possible = grid(framework_id), dict(levels), dict(_feasible(framework_id, levels))
    ways = {d: {t: _profiles(g.values[d], g.size[d])[t] for t in possible[d]} for d in g.domains}
    found = {}
    for node in level:
        states = ways[node].items() if node != OVERALL else _whole(g.domains, g.values, ways, possible[OVERALL]).items()
        kinds = [g.values[node]] if node != OVERALL else list(_kinds(g.domains, g.values))
        gains, losses = [], []
        for total, profiles in states:
            this = g.level_range(node, level[node])
            for profile in profiles:
                ups, downs = _steps(profile, kinds, g.item_points)
                gains.append(fewest(ups, this.stop - total) if level[node] < len(g.cuts) else None)
                losses.append(fewest(downs, total - this.start, strictly=True) if level[node] > 1 else None)
        found[node] = (_range(gains), _range(losses))
    return tuple(found.items())


def _kinds(domains: Iterable[str], values: Mapping[str, tuple[int, ...]]) -> dict[tuple[int, ...], None]:
    """The distinct sets of item values among the domains, in order: items of one kind are interchangeable."""
    return dict.fromkeys(values[d] for d in domains)


def _whole(
    domains: Iterable[str],
    values: Mapping[str, tuple[int, ...]],
    ways: Mapping[str, Mapping[int, tuple[Counts, ...]]],
    totals: Collection[int],
) -> dict[int, set[Counts]]:
    """The profiles of all items together, by kind of item, for every feasible total of the whole."""
    kinds = list(_kinds(domains, values))
    states: set[tuple[int, Counts]] = {(0, (0,) * sum(len(kind) for kind in kinds))}
    for domain in domains:
        start = sum(len(kind) for kind in kinds[: kinds.index(values[domain])])
        states = {
            (total + t, profile[:start] + tuple(a + b for a, b in zip(profile[start:], way, strict=False)) + profile[start + len(way) :])
            for total, profile in states
            for t, profiles in ways[domain].items()
            for way in profiles
        }
    found: dict[int, set[Counts]] = {}
    for total, profile in states:
        if total in totals:
            found.setdefault(total, set()).add(profile)
    return found


def _steps(profile: Counts, kinds: list[tuple[int, ...]], best: int) -> tuple[list[int], list[int]]:
    """What each item can still gain, and can lose."""
    values = [value for kind in kinds for value in kind]
    return (
        [best - value for value, count in zip(values, profile, strict=True) for _ in range(count) if value < best],
        [value for value, count in zip(values, profile, strict=True) for _ in range(count) if value > 0],
    )


def _range(counts: list[int | None]) -> Range:
    known = [count for count in counts if count is not None]
    return (min(known), max(known)) if known else (None, None)


def margins_from_answers(
    values: Mapping[str, Fraction], shares: Mapping[str, Fraction], cut: Fraction, next_cut: Fraction | None
) -> tuple[int | None, int | None]:
    """Answers to gain and to lose a band, from the items' values, their shares in the score and the band's cuts (0-1)."""
    score = sum((share * values[item] for item, share in shares.items()), Fraction(0))
    gain = None
    if next_cut is not None:
        gain = fewest((share * (1 - values[item]) for item, share in shares.items()), next_cut - score)
    lose = fewest((share * values[item] for item, share in shares.items()), score - cut, strictly=True) if cut > 0 else None
    return gain, lose
