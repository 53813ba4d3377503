"""The words of printed reports, by language: one object for each, filled in by `str.format`.

The teachers' reports are in English; the one for a student's family is in its own language.
"""

from collections.abc import Mapping

from analytics.wording.printed.english import EN
from analytics.wording.printed.shape import Printed
from analytics.wording.printed.spanish import ES
from school.languages import ENGLISH, SPANISH

__all__ = ["EN", "ES", "PRINTED", "Printed"]
PRINTED: Mapping[str, Printed] = {ENGLISH: EN, SPANISH: ES}
