"""Sentences on how firm a unit's bands are, and on its ways to the next one."""

import pandas as pd

from migof_research.analysis.firmness import LEAST, Uncertainty, firm_bands
from migof_research.analysis.outlook import Outlook
from migof_research.frameworks import OVERALL
from migof_research.report.figures.scale import practice_name
from migof_research.report.wording import Language


def firmness_text(case: Outlook, _: Language) -> str:
    """The overall band with its probability, or that none is firm."""
    whole = firm_bands(case.firmness).set_index("node").loc[OVERALL]
    if pd.isna(whole["band"]):
        return _("No overall band comes out in {least} of the draws or more: it hangs on choices and single answers.").format(
            least=_.percent(100 * LEAST)
        )
    return _("Overall, {band} comes out in {share} of {n} draws.").format(
        band=case.framework.bands.label(whole["band"], _.code), share=_.percent(100 * whole["probability"]), n=_.number(Uncertainty().draws)
    )


def firmness_note(_: Language) -> str:
    u = Uncertainty()
    return _(
        "Uncertain, by our own choice: the weights of the domains, their arithmetic or geometric mean, an answer wrong in {error} of cases, and the cuts of the whole by up to {cuts} points. Seed {seed}."
    ).format(error=_.percent(100 * u.item_error), cuts=_.number(u.cuts), seed=u.seed)


def paths_text(case: Outlook, _: Language) -> str:
    """The smallest set of measures in a sentence, or why there is none."""
    if case.task is None:
        return _("There is no way to a next band to show: the band is the highest, or the score is no weighted sum of items.")
    smallest = case.paths[case.paths["kind"] == "smallest"]
    band = case.framework.bands.label(case.task.band, _.code)
    if smallest.empty:
        return _("No set of measures reaches {band}: those that are open exclude each other.").format(band=band)
    named = _.join(practice_name(case.framework, item, _) for item in smallest["item"])
    if len(set(case.task.gains)) == 1 and not (case.task.first or case.task.either or case.task.barred):
        sentence = _("Any {n} of the {open} measures that are open would reach {band} overall, such as: {named}.")
    else:
        sentence = _("The fewest measures that would reach {band} overall are {n} of the {open} that are open: {named}.")
    return sentence.format(n=_.number(len(smallest)), open=_.number(len(case.task.measures)), band=band, named=named)


def paths_notes(case: Outlook, _: Language) -> list[str]:
    notes = [
        _("Each measure brings an item to its best answer. The sets are the best by count, not by need or cost; prerequisites and exclusions of the framework are kept.")
    ]
    if len(case.others):
        notes.append(_("Usual: by the answers of {n} other units.").format(n=_.number(case.others["unit"].nunique())))
    return notes


def noise_text(beyond_noise: pd.DataFrame, _: Language) -> str:
    """What is left of a change of the overall score once single wrong answers are reckoned with."""
    whole = beyond_noise[beyond_noise["node"] == OVERALL].iloc[-1]
    return _(
        "Drawn {n} times within its range and with each answer wrong in {error} of cases, the overall score rose from {start} to {end} in {up} of the draws and fell in {down}."
    ).format(
        error=_.percent(100 * Uncertainty().item_error), start=whole["year_start"], end=whole["year_end"],
        up=_.percent(100 * whole["up"]), down=_.percent(100 * whole["down"]), n=_.number(Uncertainty().draws),
    )  # fmt: skip
