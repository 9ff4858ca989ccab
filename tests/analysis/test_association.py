"""Against R: fisher.test, p.adjust, mantelhaen.test (tests/data/psych); the interval against statsmodels."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import fisher_exact
from statsmodels.stats.proportion import confint_proportions_2indep

from migof_research.analysis import association
from tests.analysis import PSYCH


@pytest.fixture(scope="module")
def fisher_r() -> pd.DataFrame:
    """a: top with the item, b: rest with it, c: top without, d: rest without."""
    return pd.read_csv(PSYCH / "fisher_bh.csv")


def test_fisher_equals_r(fisher_r):
    a, b, c, d = (fisher_r[x].to_numpy() for x in "abcd")
    assert association.fisher(a, a + c, b, b + d) == pytest.approx(fisher_r["p"].to_numpy(), rel=1e-9)


def test_fisher_equals_scipy_in_small_and_empty_tables():
    tables = [(a, n_a, b, n_b) for n_a in (1, 3, 6) for n_b in (1, 4, 9) for a in range(n_a + 1) for b in range(n_b + 1)]
    a, n_a, b, n_b = np.array(tables).T
    expected = [fisher_exact([[w, x - w], [y, z - y]]).pvalue for w, x, y, z in tables]
    assert association.fisher(a, n_a, b, n_b) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("how", ["bh", "by"])
def test_adjusted_p_equals_r(fisher_r, how):
    assert association.adjust(fisher_r["p"], how).to_numpy() == pytest.approx(fisher_r[how].to_numpy(), rel=1e-9)


def test_tests_without_p_are_not_counted():
    q = association.adjust(pd.Series([0.01, np.nan, 0.04]))
    assert q.tolist() == pytest.approx([0.02, np.nan, 0.04], nan_ok=True)


def test_newcombe_equals_statsmodels(fisher_r):
    a, b, c, d = (fisher_r[x].to_numpy() for x in "abcd")
    found = association.newcombe(a, a + c, b, b + d)
    expected = [confint_proportions_2indep(w, w + y, x, x + z, method="newcomb") for w, x, y, z in zip(a, b, c, d, strict=True)]
    assert np.transpose(found) == pytest.approx(np.array(expected), abs=1e-12)


def test_mantel_haenszel_equals_r():
    expected = pd.read_csv(PSYCH / "mantelhaen.csv")
    items = pd.read_csv(PSYCH / "psych_B.csv", header=None)
    units = pd.read_csv(PSYCH / "mantelhaen_data.csv")
    found = pd.DataFrame([association.within_strata(items[i], units["top"], units["region"]) for i in items])
    for ours, theirs in {"odds_ratio": "or_mh", "lower": "lo", "upper": "hi", "p": "p"}.items():
        assert found[ours].to_numpy() == pytest.approx(expected[theirs].to_numpy(), rel=1e-8), ours


def test_strata_that_say_nothing_are_left_out():
    has = pd.Series([1, 1, 0, 0, 1, 1])
    top = pd.Series([1, 0, 1, 0, 1, 0])
    found = association.within_strata(has, top, pd.Series(["a"] * 4 + ["all have it"] * 2))
    assert found.strata == 1 and found.odds_ratio == 1
    assert association.within_strata(has, top, pd.Series(list("abcdef"))).strata == 0
