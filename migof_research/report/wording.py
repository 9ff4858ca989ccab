"""Words and numbers in the reader's language: ``_ = language("fr")``, then ``_("Summary")`` is « Résumé ».

The code and the notebooks are written in English; each English sentence is the key under which the catalogues
``locale/<code>/LC_MESSAGES/migof.po`` hold its translation. They are read when a language is first asked for, so that
a translator's edit needs no build step. ``migof_research.report.messages`` keeps them up to date.
"""

import gettext
import io
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Literal

import pandas as pd
from babel import Locale
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from migof_research.errors import InputError
from migof_research.languages import LOCALES

CATALOGUES = Path(__file__).parent / "locale"
MISSING = "–"


def catalogue(code: str) -> Path:
    """The file that holds the translations into ``code``."""
    return CATALOGUES / code / "LC_MESSAGES" / "migof.po"


@dataclass(frozen=True)
class Language:
    """One language: call it to translate; its methods write numbers and lists the way its readers do.

    Numbers are rounded half up on their decimal digits, as statistical offices print them. Missing is a dash.

    >>> _ = language("fr")
    >>> _.percent(54.05, 1), _.join(["Chili", "Pérou", "Cuba"])
    ('54,1\\xa0%', 'Chili, Pérou et Cuba')
    """

    code: str
    locale: Locale = field(repr=False)
    translations: gettext.NullTranslations = field(repr=False)

    def __call__(self, text: str) -> str:
        return self.translations.gettext(text) if text else text  # gettext("") is the catalogue's header

    def n(self, one: str, many: str, n: int) -> str:
        """The singular or plural sentence for ``n``, with its ``{n}`` filled in."""
        return self.translations.ngettext(one, many, n).replace("{n}", self.number(n))

    def number(self, value: float | None, digits: int = 0) -> str:
        return MISSING if value is None or pd.isna(value) else self._write(value, digits, "#,##0")

    def signed(self, value: float | None, digits: int = 0) -> str:
        """A change: its sign always shown, but none on nought."""
        return MISSING if value is None or pd.isna(value) else self._write(value, digits, "+#,##0;-#,##0")

    def percent(self, value: float | None, digits: int = 0) -> str:
        """``value`` is in per cent already: 54.05 is written 54.1%."""
        if pd.isna(value):
            return MISSING
        sign = self.locale.percent_formats[None].pattern.removeprefix("#,##0").removesuffix("%")
        return f"{self.number(value, digits)}{sign}%"

    def range(self, lower: float, upper: float, digits: int = 0) -> str:
        """An interval, or the one number where both ends are written alike."""
        ends = list(dict.fromkeys((self.number(lower, digits), self.number(upper, digits))))
        return "–".join(ends)

    def join(self, items: Iterable[str], style: Literal["standard", "or"] = "standard") -> str:
        """"a, b and c"; with ``style="or"``: "a, b or c"."""
        return format_list(list(items), style=style, locale=self.locale)

    @staticmethod
    def key(text: str) -> str:
        """For sorting names as readers look for them: ``sorted(names, key=_.key)``; accents and capitals do not count."""
        return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()

    @property
    def name(self) -> str:
        """The language's own name for itself."""
        return (self.locale.languages[self.code]).capitalize()

    def _write(self, value: float, digits: int, pattern: str) -> str:
        exact = Decimal(str(int(value) if float(value).is_integer() else float(value)))
        rounded = exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP) + 0  # + 0: no minus on nought
        pattern = pattern.replace("##0", "##0." + "0" * digits) if digits else pattern
        pattern = pattern.split(";")[0].lstrip("+") if rounded == 0 else pattern
        return format_decimal(rounded, format=pattern, locale=self.locale).replace("-", "−")


@cache
def language(code: str) -> Language:
    """The language of a two-letter code: en, fr or es."""
    if code not in LOCALES:
        raise InputError(f"There is no language {code!r}: choose one of {', '.join(LOCALES)}.")
    return Language(code, Locale.parse(LOCALES[code]), _translations(code))


def _translations(code: str) -> gettext.NullTranslations:
    if not catalogue(code).is_file():  # English is the language of the keys
        return gettext.NullTranslations()
    compiled = io.BytesIO()
    with catalogue(code).open("rb") as file:
        write_mo(compiled, read_po(file, locale=code))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
