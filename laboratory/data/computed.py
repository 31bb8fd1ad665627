"""Answers that need more than one fact of a contract, and questions that check one."""

from __future__ import annotations

import calendar
import datetime
import random
import re
from collections import defaultdict
from collections.abc import Iterator

from consolidation.text.values import find_dates, find_durations, plain
from laboratory.data.facts import DATES, DURATIONS, PARTY_BY_ROLE, Contract, Fact, Range
from laboratory.data.likely import anniversaries, full_date, in_days

COMPUTED_CATEGORIES = (
    "Computed Expiry", "Computed Expiry Year", "Notice Longer Than Renewal", "Party Bearing", "Later Date",
)  # fmt: skip
CHECK_CATEGORIES = ("Yes/No", "Choice")
#: In `Contract.answers` of a swapped contract: the expiration date follows from the start and the term.
FOLLOWS = "follows"
BEARING_EACH = 6

_RENEWING = re.compile(
    r"\b(?:renew\w*|exten\w*|notice|notif\w*|successive|additional|option\w*|prior|consecutive)\b",
    re.IGNORECASE,
)
_RUNNING = re.compile(
    r"\b(?:for|term|period|until|through|is|be|continues?|remain\w*|effect|expires?|ends?|duration|last\w*|of)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
_FROM_DATE = re.compile(
    r"\b(?:Effective\s+Date|date\s+hereof|date\s+of\s+(?:this|the)\s+(?:\w+\s+)?agreement|(?:date\s+)?first\s+(?:above\s+)?"
    r"written|date\s+of\s+(?:its\s+)?execution|date\s+of\s+sign\w+|date\s+of\s+this\s+contract)",
    re.IGNORECASE,
)
_OTHER_START = re.compile(
    r"\b(?-i:(?!Effective|Expiration|Termination)[A-Z]\w+\s+Date)\b|\bfirst\s+commercial|\bdelivery\b|\blaunch|\bcompletion|"
    r"\b(?:later|earlier|longer|latest)\s+of\b|\bclosing\b|\blast\b|\bcalendar\s+year|\bmonth\s+in\s+which|\bpayment",
    re.IGNORECASE,
)


def _places(*places: Range) -> tuple[Range, ...]:
    return tuple(sorted(set(places)))


def date_at(text: str, place: Range) -> datetime.date | None:
    found = next(find_dates(text[place[0] : place[1]]), None)
    return datetime.date.fromisoformat(found.value) if found else None


def duration_at(text: str, place: Range) -> str:
    found = next(find_durations(text[place[0] : place[1]]), None)
    return found.value if found else ""


def first(contract: Contract, category: str) -> Fact | None:
    return next((f for f in contract.facts if f.category == category), None)


def later(start: datetime.date, duration: str) -> datetime.date:
    """The day a duration ("3 year") after a date; a month's end where the month is shorter."""
    count, unit = duration.split()
    n = int(count)
    if unit in ("day", "week"):
        return start + datetime.timedelta(days=n * (7 if unit == "week" else 1))
    months = start.month - 1 + n * (12 if unit == "year" else 1)
    year, month = start.year + months // 12, months % 12 + 1
    return datetime.date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


def _terms(contract: Contract) -> Iterator[tuple[Range, Range]]:
    """Places of a start date and of the initial term that runs from it, the likeliest first."""
    text = contract.text
    for start, end in contract.clauses.get("Expiration Date", ()):
        clause = text[start:end]
        found = sorted([*find_durations(clause), *anniversaries(clause)], key=lambda f: f.start)
        if (
            not found
            or _RENEWING.search(clause, 0, found[0].start)
            or not _RUNNING.search(clause[: found[0].start])
        ):
            continue
        term, sentence = found[0], re.split(r"(?<=[a-z)])[.;]\s", clause)[0]
        dates = list(find_dates(sentence))
        if _OTHER_START.search(clause[max(0, term.start - 70) : term.end + 70]) or len(dates) > 1:
            continue
        place = (start + term.start, start + term.end)
        if dates:
            yield (start + dates[0].start, start + dates[0].end), place
            continue
        starts = [f for f in (first(contract, "Effective Date"), first(contract, "Agreement Date")) if f]
        said_from = _FROM_DATE.search(sentence)
        if said_from and "effective" not in said_from[0].lower():
            starts.reverse()
        for base in starts:
            yield base.places[0], place


def _ends(contract: Contract) -> Iterator[tuple[datetime.date, Range, Range]]:
    for start, term in _terms(contract):
        base = date_at(contract.text, start)
        found = next(anniversaries(contract.text[slice(*term)]), None)
        duration = found.value if found else duration_at(contract.text, term)
        if base and duration:
            yield later(base, duration), start, term


def _agrees(day: datetime.date, label: str) -> bool:
    given = next(find_dates(label), None)
    return given is not None and abs((day - datetime.date.fromisoformat(given.value)).days) <= 1


def _expiry(contract: Contract) -> Iterator[Fact]:
    """Expiry as start and term give it, where the label agrees or, of a swapped contract, did before."""
    label = contract.answers.get("Expiration Date", "")
    if first(contract, "Expiration Date"):
        return
    for day, start, term in _ends(contract):
        if label == FOLLOWS or _agrees(day, label):
            for category, said in (
                ("Computed Expiry", full_date(day)),
                ("Computed Expiry Year", str(day.year)),
            ):
                yield Fact(category, "", _places(start, term), said, said)
            return


def follows(contract: Contract) -> bool:
    """Whether the labelled expiration date is the likeliest start date and the term put together."""
    likeliest = next(_ends(contract), None)
    label = contract.answers.get("Expiration Date", "")
    return likeliest is not None and not first(contract, "Expiration Date") and _agrees(likeliest[0], label)


def _longer(contract: Contract) -> Iterator[Fact]:
    renewal, notice = (first(contract, c) for c in DURATIONS)
    if not renewal or not notice:
        return
    lengths = [duration_at(contract.text, f.places[0]) for f in (notice, renewal)]
    if all(lengths) and in_days(lengths[0]) != in_days(lengths[1]):
        said = "yes" if in_days(lengths[0]) > in_days(lengths[1]) else "no"
        yield Fact("Notice Longer Than Renewal", "", _places(*notice.places, *renewal.places), said, said)


_DUTY = (
    r"(?:indemnify|pay|maintain|deliver|provide|reimburse|bear|furnish|obtain|supply|purchase|defend|ship|insure|manufacture|"
    r"appoint|submit|notify|perform|install|market|promote|keep|prepare|use|make|give|issue|host|train|store|test|return)"
)
_NOT_OBJECT = re.compile(
    r"\b(?:such|said|it|its|them|thereof|hereunder|this|that|these|those|same|all|any|other|his|following|Party)\b",
    re.IGNORECASE,
)


def _by_role(contract: Contract) -> dict[str, Fact]:
    """Parties by their role, in plain form; roles that two parties share are left out."""
    named: dict[str, set[str]] = defaultdict(set)
    roles: dict[str, Fact] = {}
    for fact in contract.facts:
        if fact.category == PARTY_BY_ROLE:
            named[plain(fact.subject)].add(plain(fact.gold))
            roles.setdefault(plain(fact.subject), fact)
    return {role: fact for role, fact in roles.items() if len(named[role]) == 1 and len(role) > 2}


def _duties(text: str, roles: dict[str, Fact]) -> Iterator[tuple[str, str, Range]]:
    """Role, what it shall do, and the place of both."""
    subjects = sorted((re.escape(f.subject).replace(r"\ ", r"\s+") for f in roles.values()), key=len)
    sentence = re.compile(
        r"(?<![\w'\u2019-])(?P<role>"
        + "|".join(reversed(subjects))
        + r")\s+(?:shall|agrees\s+to|will|must)\s+"
        r"(?:also\s+|promptly\s+|at\s+its\s+(?:own|sole)\s+(?:cost|expense),?\s+)?"
        r"(?P<duty>" + _DUTY + r"\b(?:\s+[\w'\u2019$%-]+){2,12})",
        re.IGNORECASE,
    )
    for match in sentence.finditer(text):
        duty, role = _short(match["duty"]), plain(match["role"])
        before = text[max(0, match.start() - 24) : match.start()]
        if duty and role in roles and match["role"][0].isupper() and not _JOINED.search(before):
            yield role, duty, (match.start(), match.start("duty") + _length(match["duty"], duty))


_JOINED = re.compile(r"(?:\b(?:and|or|both|neither|either|of|by|to)\s+(?:the\s+)?|['\u2019]s\s+)$")


def _bearing(contract: Contract, dice: random.Random) -> Iterator[Fact]:
    """Duties of a party that is named by its role; the answer is its legal name."""
    roles = _by_role(contract)
    if not roles:
        return
    found: dict[str, list[tuple[str, str, Range]]] = defaultdict(list)
    bearers: dict[str, set[str]] = defaultdict(set)
    for role, duty, place in _duties(contract.text, roles):
        found[plain(duty)].append((role, duty, place))
        bearers[_start(duty)].add(plain(roles[role].gold))
    clear = [duties[0] for duties in found.values() if len(bearers[_start(duties[0][1])]) == 1]
    for role, duty, place in dice.sample(clear, min(BEARING_EACH, len(clear))):
        legal = roles[role]
        yield Fact("Party Bearing", duty, _places(*legal.places, place), legal.gold, legal.gold)


def _start(duty: str) -> str:
    return " ".join(plain(duty).split()[:4])


_STOP = re.compile(
    r"\s+(?:which|that|who|if|unless|until|when|where|as|at|in|on|within|by|from|upon|during|pursuant|under|and|"
    r"or|shall|will|with|without|against|prior|before|after|than|except|not|the\s+extent|hereunder|to\s+be|including)\b.*$",
    re.DOTALL | re.IGNORECASE,
)  # fmt: skip


def _short(duty: str) -> str:
    """A duty's verb and object, empty where they say too little."""
    cut = _STOP.sub("", duty)
    words = cut.split()[:9]
    if words and words[-1].lower() in ("the", "a", "an", "of", "to", "for", "its", "all", "any", "such"):
        return ""
    return " ".join(words) if len(words) > 2 and not _NOT_OBJECT.search(" ".join(words)) else ""


def _length(text: str, words: str) -> int:
    """Characters of `text` that hold as many words as `words`."""
    end = 0
    for _, match in zip(words.split(), re.finditer(r"\S+", text), strict=False):
        end = match.end()
    return end


_SAID = {
    "Agreement Date": "agreement date",
    "Effective Date": "effective date",
    "Expiration Date": "expiration date",
}


def _later_date(contract: Contract, dice: random.Random) -> Iterator[Fact]:
    dated = []
    for category in DATES:
        fact = first(contract, category)
        date = date_at(contract.text, fact.places[0]) if fact else None
        if fact and date:
            dated.append((date, category, fact.places))
    for i, left in enumerate(dated):
        for right in dated[i + 1 :]:
            if left[0] == right[0]:
                continue
            pair = [left, right]
            dice.shuffle(pair)
            said = _SAID[max(pair, key=lambda p: p[0])[1]]
            names = f"the {_SAID[pair[0][1]]} or the {_SAID[pair[1][1]]}"
            yield Fact("Later Date", names, _places(*left[2], *right[2]), said, said)


def computed(contract: Contract, dice: random.Random) -> Iterator[Fact]:
    """Facts whose answer must be worked out from two places of the text."""
    yield from _expiry(contract)
    yield from _longer(contract)
    yield from _bearing(contract, dice)
    yield from _later_date(contract, dice)
