"""The levels of SDG indicator 10.7.2 from the answers of many countries, as they are published from the Inquiry."""

import pandas as pd

from migof_research.errors import InputError
from migof_research.frameworks import OVERALL
from migof_research.indicators import sdg_10_7_2, units
from migof_research.indicators.sources import open_answers
from migof_research.scoring import bands_from_answers, scores_from_answers

NONRESPONSE = 10  # per cent of items not answered, from which a node is flagged (metadata of the indicator)


def levels_from_answers(file: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Levels and bands of every country and year in a file of answers to the 30 items.

    The levels are the table of `migof_research.indicators.sdg_10_7_2.levels`; a missing answer counts 0 (official rule), and
    ``item_nonresponse`` tells where 10 per cent or more are missing. Raises InputError for units that are not among the 197
    countries, because the shares count countries.
    """
    answers, framework = open_answers(file, sdg_10_7_2.FRAMEWORK)
    if strange := sorted(set(answers["unit"]) - set(units.units()["unit"])):
        raise InputError(f"{file}: {', '.join(strange)} are not among the 197 countries; leave them out of the global indicator.")
    bands, scores = bands_from_answers(answers, framework), scores_from_answers(answers, framework)
    table = bands[["unit", "year", "framework", "node", "band"]].dropna(subset="band")
    rounds = answers.drop_duplicates(["unit", "year"])[["unit", "year", "round"]]
    counts = scores[["unit", "year", "node", "items", "answered"]]
    table = table.merge(rounds, on=["unit", "year"]).merge(counts, on=["unit", "year", "node"])
    table["level"] = table["band"].astype(int)
    table["item_nonresponse"] = (100 * (table["items"] - table["answered"]) >= NONRESPONSE * table["items"]).astype("boolean")
    nodes = [OVERALL, *framework.domains]
    levels = table.loc[table["node"].isin(nodes), ["unit", "year", "round", "framework", "node", "level", "item_nonresponse"]]
    return levels.sort_values(["unit", "year", "node"], ignore_index=True), bands
