"""The choices behind a band that could have been made otherwise, by name, and draws of them.

Each choice is one uncertain input, however many numbers it takes. The numbers come from one scrambled Sobol sequence, so
that a few hundred draws already cover the ground evenly.
"""

from dataclasses import dataclass, fields

import numpy as np
import pandas as pd
from scipy.stats import gamma, qmc

from migof_research.errors import InputError
from migof_research.frameworks import Framework
from migof_research.frameworks.model import Aggregation, MissingRule
from migof_research.scoring.arrays import cuts

LEVELS_ONLY, ANSWERS_ONLY = ("interval",), ("missing", "answers")
MOST_DRAWS = 65_536  # some seconds' work; more would tell nothing more


@dataclass(frozen=True)
class Choices:
    """How far each choice may vary. A choice at 0, False or with no option beside the framework's own stays as it is."""

    weights: float = 0.3  # relative standard deviation of a domain's weight, around the framework's own (Dirichlet)
    aggregation: tuple[Aggregation, ...] = ("mean", "geometric")  # how the domains are put together, each as likely
    missing: tuple[MissingRule, ...] = ("zero", "available")  # what a missing answer counts, each rule as likely
    answers: float = 0.02  # share of the answers that are wrong: another answer of the scale, each as likely
    cuts: float = 2.0  # points of 100 by which all cuts together may lie higher or lower, evenly
    left_out: bool = True  # one of the domains, or none, is left out, each as likely
    interval: bool = True  # where in its score interval a unit lies whose level alone is published

    def active(self, framework: Framework, published_levels: bool) -> tuple[str, ...]:
        """The names of the choices that vary in this framework, from published levels or from item answers."""
        aside = ANSWERS_ONLY if published_levels else LEVELS_ONLY
        given = {field.name: getattr(self, field.name) for field in fields(self) if field.name not in aside}
        if len({"mean" if how == "pooled" else how for how in (framework.aggregation_at(0), *self.aggregation)}) < 2:
            del given["aggregation"]
        return tuple(name for name, much in given.items() if much and not (name == "missing" and len(much) < 2))


@dataclass(frozen=True)
class Draws:
    """Twice ``n`` draws of the choices in ``names``: the first half is matrix A of Saltelli's design, the second B.

    ``multiplier`` (draws, domains) is a domain's weight over its weight in the framework; ``aggregation`` and ``missing`` are
    places in ``aggregations`` and ``rules``; ``cuts`` (draws, bands) are lower cuts; ``left_out`` is a domain's place or -1;
    ``position`` in [0, 1) is the place in the score interval; a draw of wrong answers is made from ``seed``.
    """

    names: tuple[str, ...]
    n: int
    domains: tuple[str, ...]
    aggregations: tuple[Aggregation, ...]
    rules: tuple[MissingRule, ...]
    multiplier: np.ndarray
    aggregation: np.ndarray
    missing: np.ndarray
    cuts: np.ndarray
    left_out: np.ndarray
    position: np.ndarray
    error: float
    seed: int

    def rows(self, name: str) -> np.ndarray:
        """For every run of the design, A, B, then A with one choice from B, the draw that ``name`` is taken from."""
        a = np.arange(self.n)
        return np.concatenate([a, a + self.n, *(a + self.n * (other == name) for other in self.names)])

    def table(self) -> pd.DataFrame:
        """The draws as a tidy table, a row a draw: ``draw, matrix`` and a column or more a choice that varies."""
        told = {
            "weights": {f"weight_{d}": self.multiplier[:, i] for i, d in enumerate(self.domains)},
            "aggregation": {"aggregation": np.array(self.aggregations)[self.aggregation]},
            "missing": {"missing": np.array(self.rules)[self.missing]},
            "answers": {"wrong_answers": np.arange(2 * self.n)},
            "cuts": {f"cut_{i}": self.cuts[:, i] for i in range(1, self.cuts.shape[1])},  # the lowest bounds nothing
            "left_out": {"left_out": np.array([*self.domains, ""])[self.left_out]},
            "interval": {"position": self.position},
        }
        table = pd.DataFrame({"draw": np.arange(2 * self.n), "matrix": np.repeat(["A", "B"], self.n)})
        return table.assign(**{column: values for name in self.names for column, values in told[name].items()})


def draw(choices: Choices, framework: Framework, n: int, seed: int, *, published_levels: bool) -> Draws:
    """Draws for ``n`` x (2 + choices) runs; ``n`` a power of 2, which keeps the sequence balanced, up to `MOST_DRAWS`.

    Raises InputError for another ``n`` and where nothing varies.
    """
    names = choices.active(framework, published_levels)
    if not 2 <= n <= MOST_DRAWS or n & (n - 1):
        raise InputError(f"The number of draws is a power of 2, such as 512 or 1024, up to {MOST_DRAWS}, not {n}.")
    if seed < 0:
        raise InputError(f"The seed is a whole number from 0 on, not {seed}.")
    if not names:
        raise InputError("No choice varies, so there is nothing to draw: let one of weights, aggregation, cuts ... vary.")
    shares, base = domain_shares(framework), cuts(framework)
    sizes = [len(shares) if name == "weights" else 1 for name in names]
    width = sum(sizes)
    points = qmc.Sobol(2 * width, rng=np.random.default_rng(seed)).random(n)
    halves = np.concatenate([points[:, :width], points[:, width:]])
    blocks = np.split(halves, np.cumsum(sizes)[:-1], axis=1)
    u = dict(zip(names, blocks, strict=True))

    def pick(name: str, options: int) -> np.ndarray:
        return (u[name][:, 0] * options).astype(int) if name in u else np.zeros(2 * n, int)

    own = framework.aggregation_at(0)
    aggregations = tuple(dict.fromkeys("mean" if how == "pooled" else how for how in (own, *choices.aggregation)))
    rules = choices.missing if "missing" in u else ("available" if framework.missing == "available" else "zero",)
    return Draws(
        names, n, tuple(framework.domains), aggregations, rules,
        multiplier=_dirichlet(u["weights"], shares, choices.weights) / shares if "weights" in u else np.ones((2 * n, len(shares))),
        aggregation=pick("aggregation", len(aggregations)),
        missing=pick("missing", len(rules)),
        cuts=np.clip(base + (choices.cuts * (2 * u["cuts"] - 1) if "cuts" in u else np.zeros((2 * n, 1))), 0, 100),
        left_out=pick("left_out", len(shares) + 1) - 1,
        position=u["interval"][:, 0] if "interval" in u else np.full(2 * n, 0.5),
        error=choices.answers if "answers" in u else 0.0,
        seed=seed,
    )  # fmt: skip


def domain_shares(framework: Framework) -> np.ndarray:
    """The share of each domain in the whole: by its weight, or by its items' weights where all items are pooled."""
    pooled = framework.aggregation_at(0) == "pooled"
    weights = [sum(item.weight for item in node.all_items()) if pooled else node.weight for node in framework.nodes]
    return np.array([float(weight / sum(weights)) for weight in weights])


def _dirichlet(u: np.ndarray, shares: np.ndarray, spread: float) -> np.ndarray:
    """Weights around the shares; an average domain's weight has the relative standard deviation ``spread``."""
    concentration = max((len(shares) - 1) / spread**2 - 1, 1e-3)
    parts = gamma.ppf(np.clip(u, 1e-12, 1 - 1e-12), concentration * shares)
    return parts / parts.sum(axis=1, keepdims=True)
