"""Against MASS::polr (tests/data/psych); the rest against what is known of made-up data."""

import numpy as np
import pandas as pd
import pytest

from migof_research.analysis import ordered_logit
from migof_research.errors import InputError
from tests.analysis import PSYCH

DATA = pd.read_csv(PSYCH / "polr_data.csv")
BAND = pd.Series(pd.Categorical(DATA["band"], list("abcd"), ordered=True))


def made_up(n: int, seed: int, slopes=((1.0, 0.5),) * 3) -> tuple[pd.Series, pd.DataFrame]:
    """Bands a to d; ``slopes`` of u and v at each cut: proportional odds where they are the same."""
    rng = np.random.default_rng(seed)
    x = pd.DataFrame({"u": rng.normal(size=n), "v": (rng.random(n) < 0.5).astype(float)})
    luck = rng.logistic(size=n)
    above = [x.to_numpy() @ slope + luck > cut for slope, cut in zip(slopes, (-1, 0.3, 1.5), strict=True)]
    return pd.Series(pd.Categorical.from_codes(np.sum(above, axis=0), list("abcd"), ordered=True)), x


def test_fit_equals_polr():
    expected = pd.read_csv(PSYCH / "polr.csv", index_col=0)
    fitted = ordered_logit.fit(BAND, DATA[["z", "g"]])
    assert fitted.coefficients["coefficient"].to_numpy() == pytest.approx(expected.loc[["z", "g"], "Value"].to_numpy(), abs=1e-4)
    assert fitted.coefficients["se"].to_numpy() == pytest.approx(expected.loc[["z", "g"], "Std. Error"].to_numpy(), abs=1e-4)
    assert fitted.thresholds["threshold"].tolist() == ["a|b", "b|c", "c|d"]
    assert fitted.thresholds["value"].to_numpy() == pytest.approx(expected.loc["a|b":, "Value"].to_numpy(), abs=1e-4)
    assert fitted.probabilities().to_numpy() == pytest.approx(pd.read_csv(PSYCH / "polr_probs.csv", index_col=0).to_numpy(), abs=1e-4)


def test_units_without_a_value_and_empty_bands_are_left_out():
    x = DATA[["z", "g"]].copy()
    x.loc[:4, "z"] = np.nan
    fitted = ordered_logit.fit(BAND.cat.add_categories(["e"]), x)
    assert fitted.n == 95 and fitted.thresholds["threshold"].tolist() == ["a|b", "b|c", "c|d"]


def test_marginal_effects_are_what_a_step_does():
    """The effect of a 0/1 covariate is the mean difference of the chances; that of a slope, nearly that of a small step."""
    y, x = made_up(600, seed=2)
    fitted = ordered_logit.fit(y, x)
    found = ordered_logit.marginal_effects(fitted, pd.Series({"u": 0.01})).set_index(["variable", "band"])["effect"]

    def chances(**changed) -> pd.Series:
        p = np.asarray(fitted.model.predict(fitted.params, x.assign(**changed).to_numpy())).mean(axis=0)
        return pd.Series(100 * p[::-1].cumsum()[::-1][1:], index=list("bcd"))

    assert found["v"].to_numpy() == pytest.approx((chances(v=1) - chances(v=0)).to_numpy(), abs=1e-9)
    assert found["u"].to_numpy() == pytest.approx((chances(u=x["u"] + 0.01) - chances()).to_numpy(), abs=1e-3)


def test_intervals_of_marginal_effects_hold_the_truth():
    """The true effect of v at cut c|d, averaged over a normal u, in 95 of 100 samples or nearly."""
    truth = 100 * np.mean(
        [1 / (1 + np.exp(1.5 - 0.5 - u)) - 1 / (1 + np.exp(1.5 - u)) for u in np.random.default_rng(0).normal(size=20000)]
    )
    held = 0
    for seed in range(60):
        effects = ordered_logit.marginal_effects(ordered_logit.fit(*made_up(300, seed)))
        row = effects[(effects["variable"] == "v") & (effects["band"] == "d")].iloc[0]
        held += row["lower"] < truth < row["upper"]
    assert held >= 53


def test_proportional_odds_are_rejected_only_where_they_are_not():
    same = [ordered_logit.proportional_odds(*made_up(200, seed)).p for seed in range(60)]
    assert np.mean(np.array(same) < 0.05) < 0.15
    other = [ordered_logit.proportional_odds(*made_up(400, seed, ((2, 0), (1, 0.5), (0.2, 1)))).p for seed in range(10)]
    assert np.median(other) < 0.01


def test_no_check_where_too_few_units_are_beyond_the_cuts():
    y = pd.Series(pd.Categorical(["a"] * 3 + ["b"] * 40 + ["c"] * 3, ordered=True))
    assert ordered_logit.proportional_odds(y, pd.DataFrame({"u": np.random.default_rng(0).normal(size=46)})) is None


@pytest.mark.parametrize("kind", ["complete", "only one side"])
def test_separation_is_found_and_named(kind):
    helper = BAND.cat.codes + 0.3 if kind == "complete" else (BAND == "a").astype(float)
    x = pd.DataFrame({"noise": DATA["z"].sample(frac=1, random_state=1).to_numpy(), "helper": helper})
    with pytest.raises(InputError, match="helper"):
        ordered_logit.fit(BAND, x)
    assert ordered_logit.separating(BAND, DATA[["z", "g"]]) == []


def test_too_many_or_constant_covariates_are_told_all_at_once():
    x = pd.DataFrame(np.random.default_rng(0).normal(size=(100, 5)), columns=list("abcde")).assign(e=1.0)
    with pytest.raises(InputError) as error:
        ordered_logit.fit(BAND, x)
    assert "at most 4" in str(error.value) and "e is the same for all 100 units" in str(error.value)


def test_permutation_p_is_even_on_noise_and_small_on_an_effect():
    rng = np.random.default_rng(5)
    found = [
        ordered_logit.permutation_p(
            pd.Series(pd.Categorical(rng.choice(list("abc"), 60), ordered=True)), pd.DataFrame({"x": rng.normal(size=60)}), 199
        )["x"]
        for _run in range(200)
    ]
    assert 0.01 <= np.mean(np.array(found) <= 0.05) <= 0.10
    p = ordered_logit.permutation_p(*made_up(200, seed=1))
    assert p["u"] <= 0.001
