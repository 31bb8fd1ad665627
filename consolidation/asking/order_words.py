"""Words of questions that put documents in order, as patterns over text in lower case; `ranking` reads them."""

from __future__ import annotations

import re

from consolidation.asking.document_words import DOC, DOCS
from consolidation.asking.rankable import ENDS, FACT, SUPERLATIVE
from consolidation.text.values import MONTHS, WORD_NUMBERS

_KIND = r"(?:(?!(?:that|with|in|of|the|is|are|by)\b)[\w&/-]+\s+){0,2}?"
NUMBERS = {word: n for word, n in WORD_NUMBERS.items() if 2 <= n <= 20}
_N = rf"(?:\d{{1,3}}|{'|'.join(NUMBERS)})"
ORDINALS = {
    word: place
    for place, words in enumerate(
        ("second 2nd", "third 3rd", "fourth 4th", "fifth 5th", "sixth 6th", "seventh 7th", "eighth 8th", "ninth 9th", "tenth 10th"), 2
    )
    for word in words.split()
}  # fmt: skip
_ORDINAL = "|".join(ORDINALS)
_LEAD = (
    r"^(?:(?:please\s+)?(?:give|show|tell|list|get|find|name|pull|send|identify|display)(?:\s+(?:me|us))?\s+|(?:what|which)(?:'s|\s+is|\s+are|\s+was|\s+were)?\s+(?:the\s+)?|"
    r"(?:i|we)\s+(?:need|want)\s+)?(?:(?:the|our|all|my)\s+)*"
)
TAIL = (
    rf"(?:\s*,?\s*(?:(?:of|in|among|across|from|for|over|out\s+of)\s+(?:(?:all|the|our|these|those|my|this|every|of)\s+)*(?:{_KIND}{DOCS}|matter|portfolio|data\s*room|file|batch|them(?:\s+all)?)"
    r"|we\s+have|on\s+file|in\s+here|here|please))*\s*[?.!]*$"
)
_BOUND = r"(?:\s+(?P<bound>(?:after|before|since|from|as\s+of|on\s+or\s+(?:before|after)|not?\s+(?:(?:later|earlier|sooner)\s+than|before|after)|until|by|in|during|between|within|this|next)\s+[^?]*?))?"
_OF = r"(?:\s+(?:of|the|these|those|our|my|your|all))*"
MONTH = re.compile(rf"\b(?:{'|'.join(MONTHS).lower()})\b")
#: "three longest terms", "longest three terms", "the second latest expiry", "five most recently signed contracts".
BY_SUPERLATIVE = re.compile(
    rf"{_LEAD}(?:(?:(?P<n>{_N})|(?P<place>{_ORDINAL}))[\s-]+)?(?P<side>{SUPERLATIVE})(?:\s+(?P<n2>{_N}))?"
    rf"(?:\s+(?:(?P<fact>{FACT})(?:\s+(?:dates?|periods?))?|(?P<part>signed|executed|expiring|ending|starting)?\s*{_KIND}(?:{DOCS}|{DOC})(?:\s+to\s+(?P<to>expire|end|renew|be\s+signed))?|to\s+(?P<to2>expire|end|renew)))?"
    rf"(?:\s+by\s+(?P<by>{FACT}))?{_BOUND}{TAIL}"
)
#: "top 3 by value", "bottom five caps", "top 10 contracts".
TOP = re.compile(
    rf"{_LEAD}(?P<side>top|bottom)[\s-]+(?P<n>{_N})(?:\s+(?:(?P<more>{SUPERLATIVE})\s+)?(?:(?P<fact>{FACT})|(?P<docs>{_KIND}{DOCS})))?"
    rf"(?:\s+(?:by|in|for|ranked\s+by|sorted\s+by|with\s+the\s+(?P<more2>{SUPERLATIVE}))\s+(?:(?P<more3>{SUPERLATIVE})\s+)?(?P<by>{FACT}))?{TAIL}"
)
_FALLING = rf"(?:{ENDS['latest']}|{ENDS['highest']})"
_RISING = rf"(?:{ENDS['earliest']}|{ENDS['lowest']})"
_DOWN = rf"(?:desc\w*|(?:from\s+)?(?:(?:the\s+)?{_FALLING}|high)(?:\s+first|\s+on\s+top|\s+to\s+\w+)?|in\s+descending\s+order|z\s*-\s*a)"
_UP = rf"(?:asc\w*|(?:from\s+)?(?:(?:the\s+)?{_RISING}|low)(?:\s+first|\s+on\s+top|\s+to\s+\w+)?|in\s+ascending\s+order|chronologically|in\s+chronological\s+order)"
#: "rank the contracts by liability cap", "sort by effective date", "contracts by value, highest first".
SORT = re.compile(
    rf"^(?:(?:can|could)\s+you\s+)?(?:please\s+)?(?:(?:(?:rank|sort|order|arrange|rank\s+order|put)(?P<told>)|list|show|give|display)(?:\s+(?:me|us))?|(?:a\s+)?(?:ranking|list|order)\s+of)?"
    rf"(?:\s*\b(?:of|the|these|those|our|my|all|them|every|everything|each|it))*\s*(?:(?P<docs>{_KIND}(?:{DOCS}|(?<=every\s){DOC}))\b)?(?:\s+(?P<such>(?:with|without|governed|under|that|which|signed|having|lacking|expiring)\b.+?))?"
    rf"(?:\s*,?\s+(?:ranked|sorted|ordered|arranged))?\s*\b(?:by|according\s+to|in\s+(?:the\s+)?(?:(?P<falling>descending|decreasing)\s+|(?:ascending|increasing|chronological)\s+)?order\s+of|based\s+on|in\s+order\s+by)\s+(?:the\s+|their\s+|its\s+)?(?P<by>{FACT})"
    rf"\s*[,(:–—-]?\s*(?:(?P<down>{_DOWN})|(?P<up>{_UP}))?\)?{TAIL}"
)
#: "list the contracts from longest to shortest term".
FROM_TO = re.compile(
    rf"^(?:(?:rank|sort|order|arrange|list|show|give|put)(?:\s+(?:me|us))?\s+)?(?:(?:the|these|our|all|of)\s+)*{_KIND}{DOCS}\s+from\s+(?:the\s+)?(?P<side>{SUPERLATIVE})\s+to\s+(?:the\s+)?{SUPERLATIVE}"
    rf"(?:\s+(?P<fact>{FACT}))?(?:\s+by\s+(?P<by>{FACT}))?{TAIL}"
)
_EXPIRING = r"(?:expir(?:e|es|ing|ed)|end(?:s|ing|ed)?|laps(?:e|es|ing|ed)|run(?:s|ning)?\s+out|terminat(?:e|es|ing|ed))"
_RENEWING = r"(?:renew(?:s|ed|ing)?|(?:(?:come|comes|coming)\s+)?up\s+for\s+renewal|due\s+for\s+renewal)"
_VERB = rf"(?:(?P<ends>{_EXPIRING})|(?P<renews>{_RENEWING})|(?P<starts>start(?:s|ed)?|beg[aiu]ns?|t(?:akes?|ook)\s+effect|commenced?s?)|(?P<signed>signed|executed|made|concluded))"
#: "which contract expires next", "which 3 agreements were signed last", "what expires first after today".
DOES = re.compile(
    rf"^(?:(?:which|what)(?:\s+(?P<n>{_N}))?{_OF}\s*(?:{_KIND}(?:{DOCS}|{DOC})|one|(?P<bare>))|(?:the\s+)?{_KIND}(?P<docs>{DOCS}|{DOC})\s+(?:that|which))\s+(?:(?:is|are|was|were|will|be|do|does|did|going\s+to|set\s+to|due\s+to|the)\s+)*"
    rf"{_VERB}\s+(?:the\s+)?(?P<when>next|first|last|earliest|latest|soonest|most\s+recently|{_ORDINAL})(?:\s+(?:of\s+all))?{_BOUND}{TAIL}"
)
#: "the next renewal", "next 3 expirations", "the next contract to expire", "upcoming renewals", "first to expire after 2010".
NEXT = re.compile(
    rf"(?:{_LEAD}|^(?:which|what){_OF}\s*{_KIND}(?:{DOCS}|{DOC})\s+(?:is|are|will\s+be)\s+(?:the\s+)?)(?:when\s+(?:is|are)\s+(?:the|our)\s+)?(?P<when>next|upcoming|coming|first|last)\s+(?:(?P<n>{_N})\s+)?(?:(?:contract|lease|licen[cs]e|agreement)\s+)?"
    rf"(?:(?P<end>expir(?:y|ies|ations?)(?:\s+dates?)?)|(?P<renewal>renewals?(?:\s+(?:dates?|deadlines?))?)|(?:{_KIND}(?:{DOCS}|{DOC})\s+)?(?:(?:to|that|which|due\s+to|that\s+will|that\s+is\s+to|that\s+is)\s+(?:be\s+)?|(?=up\s+for)){_VERB}){_BOUND}{TAIL}"
)
SOON = re.compile(
    rf"^(?:(?:which|what|list|show|find)(?:\s+(?:me|us))?{_OF}\s*{_KIND}(?:{DOCS}|{DOC})|{_KIND}{DOCS}|what(?:'s|\s+is)?|(?:is\s+)?anything)\s+(?:(?:that|which|is|are|will|be|'s)\s+)*"
    rf"(?:(?P<ends>{_EXPIRING})\s+(?:soon|shortly)|about\s+to\s+(?P<ends2>expire|end|lapse|run\s+out)|(?P<renews>{_RENEWING}(?:\s+(?:soon|shortly|next))?)|coming\s+(?:to\s+an\s+end|up)\s+(?P<ends3>soon|next)){TAIL}"
)
#: "which contract has the second highest cap", "which 3 contracts have the longest terms".
HAVING = re.compile(
    rf"^which(?:\s+(?P<n>{_N}))?{_OF}\s*(?:{_KIND}(?:{DOCS}|{DOC})|one|ones)?\s+(?:has|have|had|with)\s+the\s+(?:(?:(?P<n2>{_N})|(?P<place>{_ORDINAL}))[\s-]+)?(?P<side>{SUPERLATIVE})\s+(?P<fact>{FACT}){_BOUND}{TAIL}"
)
IN_ORDER = re.compile(
    rf"^in\s+(?:what|which)\s+order\s+(?:do|does|did|will|were)\s+(?:(?:the|these|our|they|all|those)\s*)+(?:{_KIND}{DOCS}\s+)?{_VERB}{TAIL}"
)
