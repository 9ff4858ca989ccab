"""The languages of reports, workbooks and definition files: what everything else asks. How to add one: docs/extending.md."""

from enum import StrEnum


class Lang(StrEnum):
    en = "en"
    fr = "fr"
    es = "es"


# How each writes numbers and lists (Unicode's CLDR). English is the language of the code and comes first.
LOCALES: dict[str, str] = {"en": "en_GB", "fr": "fr", "es": "es"}
