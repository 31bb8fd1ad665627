"""How long an agreement runs that states the day on which it ends: from the day it began."""

from __future__ import annotations

import datetime

from dateutil.relativedelta import relativedelta

from consolidation.briefs.dates import dates
from consolidation.briefs.durations import durations
from consolidation.briefs.fields import Brief
from consolidation.computing.counting import Counted
from consolidation.text.values import MONTHS

#: Days from which on they count as one more month, and months of a year.
_HALF, _YEAR = 16, 12


def term_until(brief: Brief, said: str) -> Counted | None:
    """How long it is from the beginning that a brief tells to the one day in what is said, in whole months.

    None where it says a length already, or no day alone, or the beginning is not known or not before it.
    """
    days = dates(said)
    began = brief.first("effective_date") or brief.first("agreement_date")
    if began is None or len(days) != 1 or durations(said):
        return None
    start, end = _day(began.value), _day(days[0].value)
    if start is None or end is None or end <= start:
        return None
    # a term to December 31 that began on January 1 is a whole year
    between = relativedelta(end + datetime.timedelta(days=1), start)
    months = between.years * _YEAR + between.months + (between.days >= _HALF)
    if not months:
        return None
    many, unit = (months // _YEAR, "year") if months % _YEAR == 0 else (months, "month")
    how = f"from {_shown(start)} to {_shown(end)}"
    return Counted(f"{many} {unit}{'s' if many > 1 else ''}", how, began.places)


def _day(value: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        return None


def _shown(day: datetime.date) -> str:
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"
