"""How firm a unit's bands are and its ways to the next one, ready for ``page.figure(**...)``."""

from typing import Any

from migof_research.analysis.firmness import LEAST
from migof_research.analysis.outlook import Outlook
from migof_research.report import figures
from migof_research.report import words_outlook as words
from migof_research.report.wording import Language

Shown = dict[str, Any]


def firmness(case: Outlook, _: Language) -> Shown:
    """Figure: the probability of each band, overall and in each domain."""
    data = case.firmness, case.framework, _
    return {
        "fig": figures.firmness(*data, least=LEAST),
        "alt": figures.firmness_alt(*data, least=LEAST),
        "name": "firmness",
        "caption": _("Probability of each band under other choices and single wrong answers, {year}").format(year=case.year),
        "notes": [words.firmness_note(_)],
    }


def paths(case: Outlook, _: Language) -> Shown:
    """Figure: the smallest, the most usual and the most robust set of measures to the next band."""
    return {
        "fig": figures.paths(case.paths, case.framework, _),
        "alt": figures.paths_alt(case.paths, case.framework, _),
        "name": "paths",
        "caption": _("The best sets of measures to the next band overall, exact"),
        "notes": words.paths_notes(case, _),
    }
