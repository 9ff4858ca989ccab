"""The order in which measures are adopted: is there a ladder that most units climb rung by rung?

Guttman's scale asks whether a unit that has a rare measure also has the common ones; Loevinger's (1948) H tells how nearly
that is so, 1 where always, 0 where measures go together no more than by chance. Rasch's model gives each measure its height
on the ladder. Both are a check on the story, never a scorer: they need yes/no items and many units.
"""

import numpy as np
import pandas as pd
from statsmodels.discrete.conditional_models import ConditionalLogit

LEAST, GOOD = 0.3, 0.5  # Mokken (1971): below the first no scale, from the second on a strong one


def ladder(values: pd.DataFrame) -> pd.DataFrame:
    """The measures from the commonest to the rarest: ``item, n, share, h``; ``h`` is how well an item fits the order.

    ``values`` are 1 (in place), 0 or NaN. Items that all or no units have say nothing and are left out.
    """
    values = values.loc[:, values.nunique() > 1]
    seen, expected = _errors(values)
    h = 1 - seen.sum(axis=1) / np.where(expected.sum(axis=1) > 0, expected.sum(axis=1), np.nan)
    table = pd.DataFrame({"item": values.columns, "n": values.notna().sum().to_numpy(), "share": 100 * values.mean().to_numpy(), "h": h})
    return table.sort_values(["share", "item"], ascending=[False, True], ignore_index=True)


def scalability(values: pd.DataFrame) -> float:
    """Loevinger's H of the whole set."""
    seen, expected = _errors(values.loc[:, values.nunique() > 1])
    return float(1 - seen.sum() / expected.sum())


def _errors(values: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """For each pair, how many units have the rarer without the commoner, and how many would if the two were independent."""
    has = values.fillna(0).to_numpy(float)
    hasnt = (values == 0).to_numpy(float)
    there = values.notna().to_numpy(float)
    rarer_only = np.where(_rarer(values), has.T @ hasnt, hasnt.T @ has)
    share = values.mean().to_numpy()
    low, high = np.minimum(share[:, None], share), np.maximum(share[:, None], share)
    expected = (there.T @ there) * low * (1 - high)
    for matrix in (rarer_only, expected):
        np.fill_diagonal(matrix, 0)
    return rarer_only, expected


def _rarer(values: pd.DataFrame) -> np.ndarray:
    """Whether the item of the row is rarer than that of the column."""
    share = values.mean().to_numpy()
    place = np.arange(len(share))
    return (share[:, None] < share) | ((share[:, None] == share) & (place[:, None] < place))


def difficulties(values: pd.DataFrame) -> pd.DataFrame:
    """Rasch difficulties by conditional maximum likelihood: ``item, difficulty, se``; their mean is 0.

    It is the logit of "in place" within units, so units that have all or none of the items say nothing and drop out, and so do
    units with a missing answer.
    """
    complete, k = values.dropna().astype(int), values.shape[1]
    complete = complete[complete.sum(axis=1).between(1, k - 1)]
    contrast = np.vstack([np.eye(k - 1), -np.ones(k - 1)])  # the last item's height is minus the sum of the others'
    model = ConditionalLogit(
        complete.to_numpy().ravel(), np.tile(contrast, (len(complete), 1)), groups=np.repeat(np.arange(len(complete)), k)
    )
    fitted = model.fit(disp=False)
    covariance = contrast @ np.asarray(fitted.cov_params()) @ contrast.T
    return pd.DataFrame({"item": complete.columns, "difficulty": -contrast @ fitted.params, "se": np.sqrt(np.diag(covariance))})
