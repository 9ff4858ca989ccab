"""``python -m tests.browser.make_reports FOLDER``: every study in every language, one process for all."""

import sys
from pathlib import Path

from migof_research.batch import plan
from migof_research.batch.runner import run
from migof_research.batch.studies import studies
from migof_research.languages import LOCALES

COUNTRIES = ["GBR", "USA"]  # beside the one in the notebook, with two rounds: one round; no figures


def main(outputs: Path) -> int:
    failed = 0
    for study in studies():
        own = [str(study.parameters[study.unit].default)] if study.unit else []
        tasks = []
        for lang in LOCALES:
            more = COUNTRIES if study.name == "country-benchmark" and lang == "en" else []
            units = plan.select(study, own + more, False, {})
            tasks += plan.tasks(study, units, {}, lang, "migof", outputs)
        for outcome in run(study, tasks, outputs):
            if outcome.status == "failed":
                failed += 1
                print(outcome, file=sys.stderr)
    return failed


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
