"""Self-study: questions and answers made from the raw text of a contract by rule.

The rules take only what they can name well. A subject that stands for two different answers is dropped, and of the
rest a few of each category are kept, spread evenly over the document.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator

from consolidation.text.values import plain
from laboratory.data.addresses import addresses
from laboratory.data.checks import checks
from laboratory.data.computed import computed
from laboratory.data.facts import Contract, Fact, fact_at
from laboratory.data.likely import dates_of, durations_of

STUDY_CATEGORIES = (
    "Amount", "Percentage", "Duration", "Date", "Defined Term", "Section", "Notice Address", "E-mail Address",
)  # fmt: skip
EACH = 12
_LONGEST_TERM = 20

_HEADS = (
    "fees?|payments?|prices?|royalt(?:y|ies)|deposit|salary|commissions?|advance|consideration|costs?|limits?|"
    "coverage|insurance|penalty|retainer|compensation|commitment|guarantee|balance|budget|capital|contribution|"
    "investment|loan|rent|allowance|bonus|damages|deductible|threshold|cap|rate|charges?|discount|interest|sales|"
    "purchases|revenues?|stipend|minimum|maximum|installments?|policy|policies|expenses?|value|amount|tax|share"
)
_HEAD = re.compile(r"\b(?:" + _HEADS + r")$", re.IGNORECASE)
_NOUNS = (
    r"(?:\b(?:an?|the|its|his|their|our|your|any|each|such|initial|monthly|annual|aggregate|total|minimum|maximum|additional|"
    r"with|of|pay|paid|maintain|carry)\s+)"
    r"(?P<subject>(?:[A-Za-z][\w'\u2019/-]*\s+){1,4}?(?:" + _HEADS + r")\b)(?!\s+(?:" + _HEADS + r")\b)"
)
_LINK = (
    r"(?:,?\s+(?:of|is|are|be|to|at|in|an|the|a|amount|sum|rate|equal|equals|shall|will|up|not|less|than|exceed|least|"
    r"more|minimum|limits?|aggregate|total|payable|exactly|means|"
    r"with(?=\s+(?:an?\s+|minimum\s+|policy\s+|combined\s+|single\s+)*(?:limits?|coverage|aggregate)))){1,7}?\s+"
)
_MONEY = (
    r"(?P<value>(?:US|U\.S\.|CAD|C|A|HK|RMB|USD|EUR|GBP)?\s?(?:[$€£¥])\s?\d+(?:,\d{3})*(?:\.\d+)?"
    r"(?:\s(?:million|billion|thousand)\b)?(?:\s(?:USD|US dollars)\b)?)"
)
_WRITTEN = r"(?:[A-Za-z-]+\s+){0,8}?(?:[Dd]ollars|DOLLARS|percent|per cent|PERCENT)\s*\(\s*"
_PERCENT = r"(?P<value>\d{1,3}(?:\.\d+)?\s?%)"
_AMOUNT = re.compile(_NOUNS + _LINK + f"(?:{_WRITTEN})?" + _MONEY + r"(?!\s?[\d*\[])")
_PERCENTAGE = re.compile(_NOUNS + _LINK + f"(?:{_WRITTEN})?" + _PERCENT)

_NAMED = (
    r"\)?[^.;:$%\"\u201c\u201d()]{0,60}\(\s*(?:(?:the|an?|each|hereinafter|such)\b,?\s*)*"
    r"[\"\u201c](?P<subject>[A-Z][A-Za-z' -]{2,40}?),?[\"\u201d]"
)
_NAMED_AMOUNT, _NAMED_PERCENTAGE = re.compile(_MONEY + _NAMED), re.compile(_PERCENT + _NAMED)

_EVENT = re.compile(
    r"['\u2019]?\s+(?P<subject>(?:immediately\s+)?(?:after|following|from|prior\s+to|before|preceding)\s+"
    r"(?:[\w'\u2019“”\"/-]+\s+){0,9}[\w'\u2019“”\"/-]+)"
)
_CUT = re.compile(
    r"\s+(?:and|or|if|that|which|who|whom|by|unless|shall|will|may|must|as|upon|in\s+which|to\s+the\s+extent|either|"
    r"neither|provided|except|within|then|with|without|is|are|was|has|have|had|pursuant|under|during|until|it|they|"
    r"he|we|you|any\s+such|such|for|so|but|where|when|whether|thereafter|there|on|in)\b.*$",
    re.DOTALL | re.IGNORECASE,
)
_POINTING = re.compile(
    r"\b(?:such|said|thereof|hereof|thereto|thereafter|those|these|this|that|it|its|their|them|same|notice|first|"
    r"Party|parties)\b",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"(?P<subject>[^.;:()\[\]\n]{12,140}?)\s*,?\s*\b(?:dated\s+as\s+of|dated|made\s+as\s+of|on\s+or\s+before|on|as\s+of|"
    r"no\s+later\s+than|not\s+later\s+than|later\s+than|by|until|through|before|prior\s+to|effective|commencing|beginning|"
    r"ending|expiring|after|to)\s+(?:the\s+)?$"
)
_TRAILING = re.compile(
    r"(?:,?\s+(?:on|or|as|of|by|no|not|later|than|dated|until|through|effective|at|any\s+time|from|in|to|and|the|period))+\s*$",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:shall|will|must|is|was|were|are|has|have|may|commence[sd]?|begins?|began|ends?|ended|expires?|terminates?|"
    r"entered|executed|filed|issued|made|renewal|closing|expiration|termination|completion|anniversary)\b",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(
    r"\b(?:agreement|lease|letter|amendment|plan|note|act|report|contract|order|addendum|license)\W*$",
    re.IGNORECASE,
)

_DEFINITION = re.compile(
    r"[\"“”](?P<subject>[A-Z][^\"“”\n]{1,48})[\"“”]\s+(?:shall\s+mean|means|will\s+mean|mean|refers\s+to|is\s+defined\s+as)\s*"
    r"(?P<value>\S[^\"“”;:.(\[\n]{8,260})(?P<stop>[;:.(\[\"“”\n])"
)
_BREAK = re.compile(
    r",?\s+(?:which|who|that|including|whether|excluding|pursuant|in\s+which|where|provided|but|set\s+forth)\b"
)
_HEADING = re.compile(
    r"(?:(?:^|\n|\s{2}|(?<=[.;:)])\s)\s*(?:Section\s+|SECTION\s+)?"
    r"(?P<value>\d{1,2}(?:\.\d{1,2}){0,2})(?:(?<=\.\d)|(?<=\.\d\d)|\.)\.?[ \t]+"
    r"|\b(?:Article|ARTICLE)\s+(?P<roman>[IVXL]{1,6}|\d{1,2})\.?[\s:-]+)"
    r"(?P<subject>[A-Z][A-Za-z'\u2019-]*(?:,?\s(?:[A-Z][A-Za-z'\u2019-]*|of|and|to|for|the|or|by|on|in|with|&)){0,6})"
    r"(?=\.\s|:\s|\s*\n|\s{2,})"
)


def _sums(text: str) -> Iterator[Fact]:
    """Sums of money and percentages with the noun that they are the size of."""
    for category, pattern in (("Amount", _AMOUNT), ("Percentage", _PERCENTAGE)):
        for match in pattern.finditer(text):
            subject = _LEADING.sub("", match["subject"])
            words = subject.lower().split()
            if (
                len(words) > 1 + (words[-1] in _VAGUE)
                and not _POINTING.search(subject)
                and words[0] not in _NOT_FIRST
            ):
                yield fact_at(category, subject, text, match.span("value"))


_LEADING = re.compile(
    r"^(?:.*\s)?(?:an?|the|any|each|its|our|your|all|of|to|in)\s+", re.IGNORECASE | re.DOTALL
)
_VAGUE = frozenset("amount limit limits minimum maximum value rate cap share".split())
_NOT_FIRST = frozenset(
    "of to in on at by for and or if an a the any each all no not be is are shall will as with up per than".split()
)


_OPEN_ENDS = _NOT_FIRST | frozenset(
    "date dates day days end time month months year years period party do last june".split()
)


def _named_sums(text: str) -> Iterator[Fact]:
    """Sums that the contract gives a name: `$500 (the "Late Fee")`."""
    for category, pattern in (("Amount", _NAMED_AMOUNT), ("Percentage", _NAMED_PERCENTAGE)):
        for match in pattern.finditer(text):
            if _HEAD.search(match["subject"]):
                yield fact_at(category, match["subject"], text, match.span("value"))


def _durations(text: str) -> Iterator[Fact]:
    for found in durations_of(text):
        match = _EVENT.match(text, found.end)
        if not match:
            continue
        subject = _CUT.sub("", match["subject"]).rstrip(" ,'\u2019\"“”-/")
        words = subject.split()
        if 3 <= len(words) <= 9 and not _POINTING.search(subject) and words[-1].lower() not in _OPEN_ENDS:
            yield fact_at("Duration", subject, text, (found.start, found.end))


def _dates(text: str) -> Iterator[Fact]:
    for found in dates_of(text):
        before = text[max(0, found.start - 170) : found.start]
        match = _DATED.search(before)
        if not match or "Source:" in before:
            continue
        subject = _clause_end(_TRAILING.sub("", match["subject"]))
        wanted = _DOCUMENT if "dated" in match[0][len(match["subject"]) :] else _VERB
        if subject and wanted.search(subject):
            yield fact_at("Date", subject, text, (found.start, found.end))


_STARTS = frozenset("the a an this any each all our your no".split())


def _clause_end(before: str) -> str:
    """The last words of a clause, from where a noun begins; empty where none can be told."""
    words = before.split()
    for i in range(max(0, len(words) - 12), len(words) - 2):
        if (
            words[i].lower() in _STARTS
            or (i and words[i - 1].endswith(","))
            or (i == 0 and words[0][0].isupper())
        ):
            rest = words[i:]
            if len(rest) >= 3 and not _POINTING.search(" ".join(rest[:1])) and rest[0][0].isalpha():
                return " ".join(rest).rstrip(",")
    return ""


def _terms(text: str) -> Iterator[Fact]:
    for match in _DEFINITION.finditer(text):
        start, value = match.start("value"), match["value"]
        words = value.split()
        if len(words) > _LONGEST_TERM or match["stop"] in '\n"“”[(':
            breaks = [
                b.start()
                for b in _BREAK.finditer(value)
                if 3 <= len(value[: b.start()].split()) <= _LONGEST_TERM
            ]
            if not breaks:
                continue
            value = value[: breaks[-1]]
        value = value.rstrip(" ,")
        if len(value.split()) >= 3 and value[0] not in ",:" and not _ELSEWHERE.search(value):
            yield fact_at("Defined Term", match["subject"].rstrip(","), text, (start, start + len(value)))


_ELSEWHERE = re.compile(
    r"^(?:,|with respect|for purposes|as |in |on |at |to )|\b(?:the following|the meaning|defined|ascribed|either|"
    r"any of|each of|all of|one or more of)\b|"
    r"\b(?:the|of|a|an|to|by|in|and|or|for|Section|No|Inc|Co|Corp|Ltd|as|with|on|from|set|"
    r"has|have|been|be|is|are|was|were|use|which|that|who|any|all|such|its|their|at|than|not|other)$"
)


def _sections(text: str) -> Iterator[Fact]:
    for match in _HEADING.finditer(text):
        subject, words = match["subject"], match["subject"].split()
        place = match.span("value") if match["value"] else match.span("roman")
        if not words[-1][0].isupper() or len(subject) < 4 or words[0] in _UNITS_OF_TIME:
            continue
        yield fact_at("Section", subject, text, place)


_UNITS_OF_TIME = frozenset(
    "January February March April May June July August September October November December Page Source Days Years "
    "Section Article Exhibit EXHIBIT Schedule SCHEDULE Appendix APPENDIX Annex ANNEX Attachment Inc".split()
)


def _plain_subject(fact: Fact) -> str:
    return plain(fact.subject)


def _spread(facts: list[Fact], count: int) -> list[Fact]:
    """At most `count` of the facts, evenly chosen in document order."""
    facts = sorted(facts, key=lambda f: f.places)
    return facts if len(facts) <= count else [facts[i * len(facts) // count] for i in range(count)]


def study(text: str) -> Iterator[Fact]:
    """Questions that the text itself answers; subjects are unique within a category."""
    found: dict[str, dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for rule in (_sums, _named_sums, _durations, _dates, _terms, _sections, addresses):
        for fact in rule(text):
            found[fact.category][_plain_subject(fact)].append(fact)
    for category in STUDY_CATEGORIES:
        alike = found[category].values()
        # A table of contents comes before the section itself, so the last place is the one to read.
        clear = [
            facts[-1]
            for facts in alike
            if len({plain(f.gold) for f in facts}) == 1 and _plain_subject(facts[0])
        ]
        yield from _spread(clear, EACH)


def every_fact(contract: Contract, dice: random.Random) -> tuple[Fact, ...]:
    """Labelled, self-study, computed and check facts of a contract, as its text stands."""
    return (
        *contract.facts, *study(contract.text), *computed(contract, dice), *checks(contract, dice),
    )  # fmt: skip
