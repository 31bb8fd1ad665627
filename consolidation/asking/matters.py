"""Questions about many documents at once: which, how many, for each, the earliest, the highest, the sum."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace
from typing import Literal

from consolidation.asking.anywhere import anywhere
from consolidation.asking.by_title import of_kind
from consolidation.asking.comparators import OF_SIZE
from consolidation.asking.comparing import compared
from consolidation.asking.condition import Asked, Condition
from consolidation.asking.conditions import condition
from consolidation.asking.dates_asked import DATED, RENEWS, date_asked
from consolidation.asking.document_words import DOC, DOCS
from consolidation.asking.joining import is_one, joined
from consolidation.asking.of_one import EACH, EACH_NEEDS, tidied, without_documents
from consolidation.asking.predicates import asks_inside, asks_of_another, asks_of_documents
from consolidation.asking.rankable import FIRST, SUPERLATIVE, Side
from consolidation.asking.ranking import FIRST_PLACE, Places, ranking
from consolidation.asking.such import ending, of_such, of_those
from consolidation.asking.unwrapping import mended, spelled

Over = Literal["document", "each", "which", "count", "earliest", "latest", "highest", "lowest", "sum"]
Quantifier = Literal["", "any", "all", "none", "same"]


@dataclass(frozen=True, slots=True)
class Scope:
    """How a question goes over documents: `over` says how cells are folded, `each` what each document is asked.

    `places` are those of an order that are told, and `every` the conditions that are tested by themselves, see `Asked`.
    """

    over: Over
    each: str
    condition: Condition | None = None
    quantifier: Quantifier = ""
    places: Places = FIRST_PLACE
    every: tuple[tuple[Asked, ...], ...] = ()


_ANY = rf"(?:{DOCS}|{DOC})"
_OF = r"(?:\s+(?:of|the|these|those|our|my|your|all|any|us|them|in|this|matter))*"
_NO_KIND = (
    r"if|when|happens|is|are|has|have|does|do|that|with|in|was|were|of|the|an?|this|it|they|he|she|we|you|to|must|may|can|could|will|would|"
    r"shall|should|by|for|on|at|from|under"
)
_KIND = rf"(?:\s+(?!(?:{_NO_KIND})\b)[\w&/-]+){{0,3}}?"
_PREDICATE = (
    r"(?:has|have|had|is|are|was|were|contains?|includes?|allows?|permits?|requires?|expires?|ends?|runs?|lacks?|mentions?|provides?|covers?|do\s+not|does\s+not|"
    r"doesn't|don't|can|cannot|can't|may|must|will|with|without|renews?|terminates?|prohibits?|restricts?|limits?|caps?|names?|gives?|grants?|binds?|started?|starts?|"
    r"governed|signed|expiring|containing|lacking|missing|having|that|which|whose|where|under|involv\w+|between|dated|made|entered|from|subject|carr(?:y|ies)|impose[sd]?|bar|bars|"
    r"bans?|forbids?|[a-z]{3,}ing|say|says|set|sets|there|automatically|auto-renew\w*|obliges?|needs?|say)"
)
_WHICH = re.compile(
    rf"^(?:(?P<inside>in|under|for|of|to)\s+)?(?!\w+\s+(?:[\w-]+\s+){{1,3}}?deals\s+with\b)(?:which|what){_OF}{_KIND}\s+(?:{DOCS}\b(?<!\bones)(?(inside)|(?!\s+(?:is|are)\s+(?:it|this|the|they|we|being|mentioned|listed|referred|covered|attached)\b))(?!\s+(?:make\s+up|form|compris|constitut|belong|together)\w*\b)|"
    rf"{DOC}\b(?=\s+(?:has|contains|includes|is\s+(?:governed|subject|under)|allows|permits|expires|ends|runs|lacks|does\s+not|doesn't|with|without|can|renews|was\s+signed|requires|mentions|names|involves|concerns|relates\s+to|refers\s+to)\b))"
    rf"(?P<rest>.*)$|"
    rf"^(?:please\s+)?(?:list|show|name|find|get|give|identify|tell|display|need|i\s+need|i\s+want)(?:\s+(?:me|us))?{_OF}(?:{_KIND}\s+{DOCS}|\s+(?:every|each|any)(?:\s+single)?{_KIND}\s+{DOC})\b\s*(?P<rest2>{_PREDICATE}\b.*)$|"
    rf"^which(?:\s+(?:ones?|of\s+(?:them|these|those)))?\s+(?P<rest3>(?:are(?!\s+(?:the|these|those|they|it)\b)|have|don't|do\s+not|expire|contain|include|lack|allow|permit|require|mention|renew|were|prohibit)\b.*)$|"
    rf"^(?:all|any|every)\s+(?:the\s+)?{_KIND.replace('{0,3}', '{0,2}')}\s*{_ANY}\s+(?P<rest4>{_PREDICATE}\b.*)$|"
    rf"^(?:the\s+)?{DOCS}\s+(?P<rest5>(?:with|without|which|that(?!\s+(?:must|come)\b)|lacking|containing|governed|expiring|expired|missing|where|in\s+which|under|having|signed|"
    rf"dated|mentioning|naming|involving|needing|requiring|allowing|subject\s+to|ending|renewing|in\s+force|still|currently)\b.*)$|"
    rf"^(?:find|show|give|get|open|locate)(?:\s+(?:me|us))?\s+(?:the|an?|our)\s+{DOC}\s+(?P<rest6>(?:with|that|which|where|mentioning|between)\b.*)$"
)  # fmt: skip
_COUNT = re.compile(
    rf"^(?:(?:in|under)\s+)?(?:how\s+many{_OF}{_KIND}\s+{_ANY}|(?:(?:what(?:'s|\s+is)\s+)?(?:the\s+)?(?:total\s+)?(?:number|percentage|share|proportion)\s+of|count|#\s*of)"
    rf"(?:\s+up)?{_OF}{_KIND}\s+{DOCS}|what\s+(?:percentage|share|proportion)\s+of{_OF}{_KIND}\s+{DOCS})\b(?P<rest>.*)$|"
    rf"^how\s+many(?:\s+of\s+(?:them|these|those))?\s+(?P<rest2>(?:are\s+(?:governed|subject|under|still|perpetual|exclusive|mutual)|have\s+(?:an?|no)|lack|contain|expire|renew|auto-?\s?renew|mention)\b.*)$"
)
#: What is said of documents, and not of the parties that "any of them" may be.
_OF_DOCUMENTS = (
    r"(?:(?:have|has|contain|include|lack|mention)\s+(?:an?|any|no|the)\b|auto-?\s?renew|renew\b|expire|governed|subject\s+to|under|perpetual|"
    r"exclusive|mutual|in\s+force|silent|have|mention)"
)
_QUANTIFIED = re.compile(
    rf"^(?:do|does|is|are|has|have|can|may|must|will|did|was|were)\s+(?:there\s+)?(?P<q>any|all|every|each|some|none|both)\b(?:{_OF}{_KIND}\s+{DOCS}|(?<!\ball)(?<!\bboth){_OF}{_KIND}\s+{DOC})\b(?P<rest>.*)$|"
    rf"^(?:do|does|is|are|has|have|was|were)\s+(?P<q2>any|all|each|some|none)(?:\s+of\s+(?:them|these|those))?\s+(?P<rest3>{_OF_DOCUMENTS}\b.*)$|"
    rf"^(?:do|are|have)\s+(?:they|these|those)\s+(?P<q3>all)\s+(?P<rest4>{_OF_DOCUMENTS}\b.*)$|"
    rf"^(?:is|are)\s+there\s+(?:an?|any)\b{_OF}{_KIND}\s+{_ANY}\s+(?P<rest2>(?:that|which|with|without|where|governed|signed|lacking|containing)\b.*)$"
)
#: "are there any documents the buyer must deliver", "is there any agreement between the parties on ...".
_THERE_INSIDE = re.compile(
    rf"^(?:is|are)\s+there\s+(?:an?|any|all|some)\b{_OF}{_KIND}\s+{_ANY}\b\s+(?:(?!{_PREDICATE}\b)\w|between\s+(?:the|both|them)\b)"
)
#: "their first term" is no end of an order.
_NO_TERM = r"(?!\s+(?:term|years?|months?|quarter|anniversary|time)\b)"
_SUPERLATIVES: dict[Side, str] = {
    **FIRST,
    "highest": rf"{FIRST['highest']}|most(?!\s+\w+(?:ous|ive|able|ed|ant|ent)\b)",
}
_SUPERLATIVE = re.compile(
    r"(?<!at\s)(?:"
    + "|".join(
        f"(?P<{name}>\\b(?:{words})\\b{_NO_TERM if name in ('earliest', 'latest') else ''}(?!\\s+(?:favou?red|refusal|offer|negotiation|party|resort|day|place)))"
        for name, words in _SUPERLATIVES.items()
    )
    + ")"
)
_TERSE_EXTREME = re.compile(
    rf"^(?:what(?:'s|\s+is)\s+)?(?:the\s+)?{SUPERLATIVE}\s+"
    r"(?:(?:expir\w+|effective|signing|signature|agreement|start|end|renewal|termination|contract|notice)(?:\s+(?:date|period|term))?|term|(?:liability\s+)?cap|fee)\s*\??$"
)
_SUM = re.compile(
    rf"\b(?:total|sum|combined|aggregate|overall|altogether|add(?:ed)?\s+up)\b.*(?:\b(?:contracts|agreements|documents|leases|deals)\b|\bmatter\b|\bportfolio\b|\beach\s+{DOC}\b)|\b(?:contracts|agreements|documents|leases|deals)\b.*\b(?:in\s+total|altogether|combined|(?:taken\s+)?together\s*(?:\?|:|$))"
)
_ADDED = re.compile(
    r"^(?:please\s+)?(?:total|add|sum|tot)\s+(?:it\s+)?up\s+(?:(?:all|the|our|these|of)\s+)*(?=\w)"
)
_AGED = re.compile(r"\b(?:oldest|newest|recent|new|old)\b")
_RENEWED = re.compile(r"\brenew\w*\b")


_ALL_THERE = re.compile(
    r"^\s*(?:(?:are|is)\s+(?:there|in\s+(?:the|this|all|our)\b(?=\s*(?:matter|data\s*room|portfolio|file|set|batch|folder)s?\b)|here)|do\s+(?:we|i|you)\s+have(?!\s+(?:to|an?|any|the|no)\b)|have\s+(?:we|i|been\s+uploaded))\b(?:\s+in\s+(?:the|this|all|our)\s*\w*)?",
    re.I,
)


_OF_EACH = re.compile(r"\b(?:for|in|of|under)\s+(?:each|every)\b|\bper\b")
#: How long something lasts, where nothing is the last.
_LASTS = re.compile(r"\b(?:does|do|did|will|would|can|must|should)\b[^?]*\blast\b\s*(?:[?.]|$|for\b)")
#: A bound of which documents or values are meant, that a single end of an order would drop.
_BOUND = re.compile(rf"{OF_SIZE}\s+\S{{0,3}}\d|\b(?:not|n't|never)\b|\b(?:19|20)\d\d\b")


def _extreme(text: str) -> Scope | None:
    found = _SUPERLATIVE.search(text)
    docs = re.search(rf"\b{_ANY}\b|\bmatter\b|\bportfolio\b", text)
    terse = _TERSE_EXTREME.match(text)
    over_documents = re.match(rf"(?:which|what){_OF}{_KIND}\s+{DOC}\b|which\s+(?:one\s+)?of\s+(?:the|these|those|our){_KIND}\s+{DOCS}\b|which(?:\s+one)?\s+has\s+the\b", text) or EACH.search(text) or re.search(
        rf"\b(?:oldest|newest|latest|most\s+recent|longest|shortest|earliest)\s+(?:(?!the\b)\w+\s+)?{DOC}\b(?!\s+(?:term|period)\b)", text
    )  # fmt: skip
    if (
        found is None
        or _LASTS.search(text)
        or (found[0] in ("minimum", "maximum", "least") and _OF_EACH.search(text))
        or _BOUND.search(text, found.end())
        or not (terse or (over_documents and (docs or text.startswith(("which has", "which one has")))))
    ):
        return None
    over: Over = next(name for name in _SUPERLATIVES if found[name])
    dated = date_asked(text) or (DATED if _AGED.search(text) else RENEWS if _RENEWED.search(text) else "")
    thing = re.match(
        r"\s*([a-z][\w\s-]*?)(?=\s+(?:of|in|among|across|is|are|for|from|over|does|do)\b|[?.,]|$)",
        text[found.end() :],
    )
    noun = tidied(re.sub(rf"^(?:{_ANY})\b|\b(?:date|day)$", "", thing[1])) if thing else ""
    if thing and re.match(r"(?:in|of|under|for)\b", thing[1]):
        return None
    if over in ("earliest", "latest"):
        return Scope(
            over,
            dated or (f"What is the {thing[1].strip()}?" if thing and noun else DATED),
        )
    if re.search(r"\b(?:longest|shortest)\b", text) and (
        not noun or (dated and not re.search(r"\b(?:term|period|notice|time)\b", noun))
    ):
        noun = "term"
    return Scope(over, f"What is the {noun}?") if noun else None


def _meeting(over: Over, asked: Asked) -> Scope:
    return Scope(over, asked.each, asked.condition, every=asked.every)


def _is_tested(asked: Asked) -> bool:
    """Whether a condition compares values, and is no question of yes or no."""
    return bool(asked.every) or asked.condition.test in ("between", "outside")


def _ordered(question: str, text: str, today: datetime.date | None) -> Scope | None:
    """The order that documents are put in, or such of them of which something is said."""
    inner, such = of_such(question, text)
    found = ranking(inner.lower(), today)
    going = (
        Scope(found.over, found.each, found.condition, places=found.places, every=found.every)
        if found
        else _extreme(inner.lower())
    )
    such = such or (question[text.find(found.such) :][: len(found.such)] if found and found.such else "")
    asked = condition(such, today) if such else None
    if going is None or asked is None:
        return going
    return replace(going, every=(*going.every, *(asked.every or ((asked,),))))


def scope(sentence: str, today: datetime.date | None = None) -> Scope:
    """How a question goes over documents; `document` where it asks about whatever document is meant."""
    question, text = mended(sentence).strip(), spelled(sentence).strip()
    # NB: words of the question can be told by their places in `text` only where both are as long.
    words = question if len(question) == len(text) else text
    ranked = ranking(text, today)
    such, of_these = of_those(words)
    if such and (asked := condition(such, today)):
        return Scope("each", tidied(of_these), every=asked.every or ((asked,),))
    if ranked and ranked.places != FIRST_PLACE and (in_order := _ordered(question, text, today)):
        return in_order
    if (adding := _ADDED.match(text)) and EACH.search(text):
        alone = without_documents(words, text)
        return Scope("sum", f"What is the {alone[adding.end() :].strip(' ?.')}?")
    if comparison := compared(text):
        over, asked_of_each, quantified = comparison
        return Scope(over, asked_of_each, quantifier=quantified)
    if in_order := _ordered(question, text, today):
        return in_order
    if (ends := ending(question, text)) and (of_days := condition(ends, today)) and _is_tested(of_days):
        return _meeting("which", of_days)
    if _SUM.search(text):
        return Scope("sum", without_documents(words, text))
    if chosen := _chosen(words, text, today) or _quantified(words, text, today):
        return chosen
    if any_at_all := anywhere(question):
        having = Condition("has", "free", any_at_all.words)
        return Scope("which", any_at_all.each, having, "none" if any_at_all.none else "any")
    each = EACH.search(text)
    if each and EACH_NEEDS.search(each[0]):
        return Scope("each", without_documents(words, text))
    return Scope("document", sentence.strip())


#: Documents of one kind that are counted: "how many amendments are there".
_COUNTED = re.compile(
    rf"^(?:how\s+many|(?:what(?:'s|\s+is)\s+)?(?:the\s+)?(?:total\s+)?number\s+of|count(?:\s+up)?){_OF}\s+(?P<kind>(?:[\w-]+\s+){{0,3}}?{DOC})s?\b"
)


def _chosen(words: str, text: str, today: datetime.date | None) -> Scope | None:
    """Which documents, or how many; `words` is the question and as long as `text`, which is in lower case."""
    over: Over
    for over, pattern in (("count", _COUNT), ("which", _WHICH)):
        if match := pattern.match(text):
            name = next(
                (key for key, said in match.groupdict().items() if said is not None and key != "inside"), ""
            )
            rest = _ALL_THERE.sub("", words[match.start(name) : match.end(name)] if name else "")
            inside = re.match(r"(?:in|under|for|of|to)\s", text)
            if not inside and asks_inside(rest):
                return None
            if inside and asks_of_another(rest) and not asks_of_documents(rest):
                rest = f"in which {rest.strip()}"
            asked = condition(rest, today)
            if asked is None and over == "count" and (kind := _COUNTED.search(text)):
                asked = of_kind(kind["kind"])
            return Scope(over, "") if asked is None else _meeting(over, asked)
    return None


_AND = re.compile(r"\b(?:and|but|or)\b|,", re.IGNORECASE)


def _quantified(words: str, text: str, today: datetime.date | None) -> Scope | None:
    """Whether any, all or none of the documents are so."""
    match = _QUANTIFIED.match(text)
    if match is None or _THERE_INSIDE.match(text):
        return None
    first = text.partition(" ")[0]
    name = next((key for key in ("rest", "rest2", "rest3", "rest4") if match[key] is not None), "")
    rest = words[match.start(name) : match.end(name)] if name else ""
    lead = "" if first in ("do", "does", "did") or match["rest2"] is not None else f"{first} "
    is_there = lead.strip() in ("is", "are") and "there" in text.split()[:2]
    asked = condition(rest if is_there else f"{lead}{rest.strip()}", today)
    if asked is None:
        return None
    word = match["q"] or match["q2"] or match["q3"] or "any"
    quantifier: Quantifier = (
        "all" if word in ("all", "every", "each", "both") else "none" if word == "none" else "any"
    )
    # NB: of "all contracts signed in 2012 have a cap" the first says which, and others are no counter-examples.
    if quantifier == "all" and not is_one(joined(rest)) and not _AND.search(rest):
        quantifier = ""
    return replace(_meeting("which", asked), quantifier=quantifier)
