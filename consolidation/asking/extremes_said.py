"""Ends of an order that are said without the documents: "shortest initial term?", "both the oldest and the newest"."""

from __future__ import annotations

import re

from consolidation.asking.document_words import DOC, DOCS

_HIGH = r"longest|highest|largest|biggest|greatest|most|steepest|top(?!\s+(?:\d|two|three|four|five|six|seven|eight|nine|ten)\b)"
_LOW = r"tightest|shortest|lowest|smallest|least|cheapest|fewest"
_OLD, _NEW = r"(?:oldest|earliest|first)", r"(?:newest|latest|most\s+recent|youngest|last)"
_WHAT = (
    r"(?:what(?:'s|\s+is|\s+are|\s+was)\s+|which\s+is\s+|show\s+(?:me\s+)?|give\s+me\s+|find\s+)?(?:the\s+)?"
)
#: Nothing that can be put in order.
_NO_THING = r"(?!(?:part(?:y|ies)|signator(?:y|ies)|an?|the|either|any|each|every|anyone|we|they|he|she|it|lasting|recent|important|likely|favou?red|onerous|generous|restrictive|of|one|ones|common|often|serious|risky)\b)"
_THING = re.compile(
    rf"^{_WHAT}(?P<end>{_HIGH}|{_LOW})\s+(?P<thing>{_NO_THING}(?!{DOC}s?\b)(?-i:[a-z])[\w'/-]*(?:\s+[\w'/-]+){{0,9}}?)\s*\??$",
    re.IGNORECASE,
)
#: Who has it is said after it, and is any of the documents.
_WHOSE = re.compile(
    r"\s+(?:we(?:'ve|'d|'ll|\s+have|\s+would)?|any\s?(?:one|body|\s+party|\s+of\s+(?:them|these|those))|they|somebody|someone|a\s+party|either\s+(?:side|party))\s+(?:ever\s+)?"
    r"(?:still\s+|will\s+)?(?:has|have|had|agreed|got|owes?|pays?|gets?|gives?|can|must|is|are)\b(?P<rest>.*)$"
    rf"|\s+(?:some|any)where$|\s+(?:of|in|among|across|for|under)\s+(?:any|all|the|our|these)(?:\s+of\s+(?:them|these|those))?(?:\s+(?:[\w-]+\s+){{0,2}}?{DOC}s?)?$",
    re.IGNORECASE,
)
_BOTH_ENDS = re.compile(
    rf"\b(?:{_OLD}\b.{{0,60}}\b(?:and|&|or|to)\b.{{0,40}}\b{_NEW}|{_NEW}\b.{{0,60}}\b(?:and|&|or|to)\b.{{0,40}}\b{_OLD})\b",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\b(?:expir\w*|runs?\s+out|running\s+out|ends?|ending|ended|lapses?|lapsing|terminates?)\b",
    re.IGNORECASE,
)
_STARTS_NEW = re.compile(rf"^[^?]*?\b(?:{_NEW})\b(?=.*\b{_OLD}\b)", re.IGNORECASE)
_ABOUT_DOCS = re.compile(
    rf"\b(?:{DOC}s?|papers?|pile|one|ones|them|these|all|here|which)\b|\bto\b", re.IGNORECASE
)
_OTHER_THING = re.compile(
    r"\b(?:date|day|payment|fee|rent|report|notice|term|price|expir\w+)s?\b", re.IGNORECASE
)
_EXPIRES = re.compile(
    r"^(?:what(?:'s|\s+is)\s+)?(?:the\s+)?(?P<end>latest|last|earliest|first|soonest)\s+(?:date|day|one|any)?\s*(?:that\s+)?(?:any|all|one|one\s+of\s+them|any\s+of\s+(?:these|them|those))\s+"
    r"(?:can|could|will|would)?\s*(?:run|runs|last|lasts|expires?|ends?)\b[^?]*\??$",
    re.IGNORECASE,
)


_LONG = re.compile(
    r"\b(?:period|notice|term|length|duration|warranty|exclusivity|days|months|years)\b", re.IGNORECASE
)
#: "who charges the most late interest", "which non-compete lasts the longest".
_WHO_MOST = re.compile(
    rf"^(?:who|which\s+(?:supplier|vendor|customer|party|counterparty|lender|landlord|employer|licensor|licensee|executive|employee)s?)\s+(?:has\s+to\s+|must\s+)?"
    rf"(?:charges?|pays?|gets?|has|have|owes?|gives?|receives?|earns?|keeps?|carry|carries|holds?|provides?|maintains?|buys?)\s+the\s+(?P<end>{_HIGH}|{_LOW})\s+(?P<thing>[a-z][\w' -]{{2,60}}?)\s*\??$",
    re.IGNORECASE,
)
_LASTS_MOST = re.compile(
    rf"^which\s+(?P<thing>(?!{DOC}\b|one\b|of\b|party\b)[\w' -]{{4,40}}?)\s+(?:lasts?|runs?|survives?|goes\s+on|is)\s+(?:for\s+)?(?:the\s+)?(?P<end>longest|shortest)(?:\s+after\s+\w+)?\s*\??$",
    re.IGNORECASE,
)


#: "where is the royalty rate highest".
_WHERE_MOST = re.compile(
    rf"^where\s+(?:is|are)\s+the\s+(?P<thing>(?-i:[a-z])[\w' -]{{2,50}}?)\s+(?:the\s+)?(?P<end>{_HIGH}|{_LOW})\s*\??$",
    re.IGNORECASE,
)
_SOONEST = re.compile(
    r"^what(?:'s|\s+is|\s+will\s+be)?\s+(?:the\s+)?(?:first|next)?\s*(?:expir\w+|lapsing|ending|running\s+out|to\s+expire)\s*(?:soonest|first|next|earliest)?\s*\??$",
    re.IGNORECASE,
)
_LAST_SIGNED = re.compile(
    rf"^(?:what(?:'s|\s+is|\s+was)\s+)?(?:the\s+)?(?P<end>{_OLD}|{_NEW})\s+(?:thing|paper|one)\s+(?:that\s+)?we(?:'ve|\s+have)?\s+signed\s*\??$",
    re.IGNORECASE,
)
_NEWEST_SIGNED = re.compile(
    r"^(?:(?:what|which)(?:'s|\s+is|\s+was)\s+)?(?:the\s+)?most\s+recently\s+signed\b(?:\s+\w+)?\s*\??$",
    re.IGNORECASE,
)
#: What documents are put in order by, as people say it, and as the grammar does.
_BY = (
    (
        r"(?:fixed\s+)?(?:end(?:ing)?|expir\w+|termination)\s+dates?|expir(?:y|ies|ations?)|ends?",
        "expiry date",
    ),
    (r"(?:start(?:ing)?|effective)\s+dates?|starts?", "effective date"),
    (r"(?:signing|signature|signed)?\s*dates?", "date"),
    (
        r"(?:payment|paying)\s+(?:deadlines?|terms?|periods?|times?|days)|days\s+to\s+pay"
        r"|how\s+(?:many\s+days|long|much\s+time)\b.{0,40}\b(?:pay(?:er|s)?|money|paid)\b.{0,40}?",
        "payment period",
    ),
    (r"(?:initial\s+)?(?:terms?|lengths?|durations?|lifetimes?)", "term"),
    (r"non-?\s?competes?(?:\s+periods?)?", "non-compete period"),
    (r"(?:cure|grace)\s+periods?", "cure period"),
    (r"notices?(?:\s+periods?)?", "notice period"),
    (r"warrant(?:y|ies)(?:\s+periods?)?", "warranty period"),
    (r"exclusivit(?:y|ies)(?:\s+periods?)?", "exclusivity period"),
    (r"renewal\s+terms?", "renewal term"),
    (r"confidential\w*|secre(?:cy|ts?)|keep\w*\s+quiet", "confidentiality period"),
)
_THINGS_OF_ORDER = "|".join(f"(?P<t{at}>{said})" for at, (said, _) in enumerate(_BY))
_FIRST = r"longest|shortest|slowest|quickest|fastest|earliest|latest|soonest|oldest|newest"
_RANKED = re.compile(
    rf"^(?:rank|sort|order|list|arrange|put|line\s+up)\s+(?:me\s+)?(?:(?:all|of|the|our|their|these|them|by|{DOCS})\s+)*(?:{_THINGS_OF_ORDER})\b"
    rf"(?:\s+(?:in\s+order|up))?[\s,:–-]*(?:from\s+|the\s+)?(?P<end>{_FIRST})\b[^?]*\??$",
    re.IGNORECASE,
)
#: Which of two ends of an order comes first, of days and of times.
_RISES = re.compile(r"shortest|quickest|fastest|earliest|soonest|oldest", re.IGNORECASE)
#: Both the longest and the shortest are asked for.
_TWO_ENDS = re.compile(r"\b(?P<one>longest|shortest)\b.{0,60}?\b(?:longest|shortest)\b", re.IGNORECASE)
_OF_TERM = re.compile(r"\b(?:runs?|lasts?|goes|terms?|durations?|lengths?)\b", re.IGNORECASE)
#: What lasts when the documents have ended.
_AFTER_END = re.compile(r"\b(?:after|beyond|following|surviv\w*|post)\b", re.IGNORECASE)
_BY_THING = tuple((re.compile(rf"\b(?:{said})\b", re.IGNORECASE), by) for said, by in _BY)
_IN_DATE_ORDER = re.compile(
    rf"\b(?:in|by)\s+(?:date|chronological|time)\s+order\b|\bchronolog\w+\b|^(?:put|line|arrange|sort|order|rank)\b.*\b(?:{_OLD}|{_NEW})\s+(?:first|to)\b",
    re.IGNORECASE,
)
#: Dates by which documents are not put in order, or are by another rule.
_DATES_OF_ANOTHER = re.compile(
    r"\b(?:expir\w*|end|ends|ending|renew\w*|effective|start\w*|payments?|deliver\w*|deadlines?|milestones?|due|top)\b",
    re.IGNORECASE,
)


def order_said(question: str) -> str:
    """The question in which order documents stand, where an order or both of its ends are asked for; else empty."""
    text = " ".join(question.split())
    if _BOTH_ENDS.search(text) and _ENDS.search(text) and not _OTHER_THING.search(_ENDS.sub("", text)):
        return _sorted("expiry date", "latest" if _STARTS_NEW.match(text) else "earliest")
    if _BOTH_ENDS.search(text) and _ABOUT_DOCS.search(text) and not _OTHER_THING.search(text):
        return f"Sort the contracts by date, {'newest' if _STARTS_NEW.match(text) else 'oldest'} first"
    if ranked := _RANKED.match(text):
        by = next(by for at, (_, by) in enumerate(_BY) if ranked[f"t{at}"])
        return _sorted(by, ranked["end"])
    if ends := _TWO_ENDS.search(text):
        by = next((by for thing, by in _BY_THING if by.endswith("period") and thing.search(text)), "")
        by = by or ("term" if _OF_TERM.search(text) and not _AFTER_END.search(text) else "")
        return _sorted(by, ends["one"]) if by else ""
    if _IN_DATE_ORDER.search(text) and not _DATES_OF_ANOTHER.search(text):
        return _sorted("date", "newest" if re.search(rf"\b{_NEW}\s+(?:first|to)\b", text, re.I) else "oldest")
    return ""


def _sorted(by: str, end: str) -> str:
    """The order that begins at an end, as the grammar says it."""
    rises = bool(_RISES.match(end))
    first = ("earliest", "latest") if by.endswith("date") else ("shortest", "longest")
    return f"Sort the contracts by {by}, {first[not rises]} first"


def extreme(question: str) -> str:
    """The question which contract has most or least of something, or in which order they stand; empty for others."""
    text = " ".join(question.split())
    if _NEWEST_SIGNED.match(text):
        return "Which contract was signed last?"
    if signed := _LAST_SIGNED.match(text):
        return f"Which contract was signed {'first' if re.match(_OLD, signed['end'], re.IGNORECASE) else 'last'}?"
    if _SOONEST.match(text) and re.search(r"\b(?:soonest|first|next|earliest)\b", text, re.IGNORECASE):
        return "Which contract expires first?"
    if ends := _EXPIRES.match(text):
        return f"Which contract expires {'last' if ends['end'].lower() in ('latest', 'last') else 'first'}?"
    if lasts := _LASTS_MOST.match(text):
        return f"Which contract has the {lasts['end'].lower()} {lasts['thing']} period?"
    match = _THING.match(text) or _WHO_MOST.match(text) or _WHERE_MOST.match(text)
    if match is None or re.search(
        rf"\b{DOCS}\b|\b(?:and|or|if|when|that|which)\b", match["thing"], re.IGNORECASE
    ):
        return ""
    thing = re.sub(r"^(?:amount\s+of\s+)?time\b", "period", match["thing"], flags=re.IGNORECASE)
    thing = re.sub(r"^(?:warning|heads[\s-]up)\b", "notice", thing, flags=re.IGNORECASE)
    thing = re.sub(
        r"\b(?:before|for|against)\s+not\s+renewing\b", "for non-renewal", thing, flags=re.IGNORECASE
    )
    more, less = ("longest", "shortest") if _LONG.search(thing) else ("highest", "lowest")
    end = {"most": more, "top": more, "steepest": more, "tightest": less, "least": less, "fewest": less}.get(
        match["end"].lower(), match["end"].lower()
    )
    thing = _WHOSE.sub(lambda found: _purpose(found["rest"] or ""), thing)
    return f"Which contract has the {end} {thing.strip()}?"


def _purpose(rest: str) -> str:
    """What remains of "anyone has to give to terminate": what it is for."""
    found = re.search(
        r"\bto\s+(?!(?:give|pay|get|have|make|keep|agree|carry|hold|buy|take|maintain|provide|owe|post|put|to)\b)\w+.*$",
        rest,
        re.IGNORECASE,
    )
    return f" {found[0]}" if found else ""
