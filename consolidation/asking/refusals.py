"""Requests that no document can answer: advice, drafting, the world outside, arithmetic, small talk, the product."""

from __future__ import annotations

import re
from typing import Literal

from consolidation.asking.languages import is_foreign
from consolidation.asking.unwrapping import spelled

Refusal = Literal[
    "", "advice", "drafting", "summary", "world", "arithmetic", "product", "talk", "language", "empty"
]

_US = r"(?:we|i|you|they|my\s+client|our\s+client|the\s+client)"
_CUES: tuple[tuple[Refusal, str], ...] = (
    (
        "drafting",
        r"^(?:please\s+)?(?:draft|write|rewrite|redraft|redline|mark\s+up|rephrase|reword|translate|compose|amend|edit|proofread|fill\s+in|create|generate)\s+"
        r"(?:me\s+|us\s+|up\s+)?(?:an?|the|this|that|my|our|some|new|clause|section|it|into)\b|^(?:please\s+)?(?:prepare|make)\s+(?:me\s+|us\s+)?an?\s+(?:\w+\s+)?(?:letter|draft|memo|"
        r"e-?mail|contract|agreement|clause|presentation|response|reply)\b|\btranslate\b.{0,60}\b(?:into|to)\s+[a-z]+\s*[?.]?$",
    ),
    (
        "summary",
        r"^(?:please\s+)?(?:summari[sz]e|sum\s+up|recap|outline|tldr|tl;dr)\b|^(?:(?:give|show|provide|send)\s+(?:me|us)\s+)?(?:an?\s+|the\s+)?(?:short\s+|brief\s+|executive\s+)?(?:summary|overview|synopsis|abstract)\b|"
        r"^what(?:'s|\s+is|\s+are)\s+(?:this|the)\s+(?:\w+\s+)?(?:agreement|contract|document|deal)\s+(?:all\s+)?about\b|^what\s+does\s+(?:this|the)\s+(?:agreement|contract|document)\s+say\s*\??$|"
        r"^explain\s+(?:this|the)\s+(?:\w+\s+)?(?:agreement|contract|document)\b",
    ),
    (
        "advice",
        rf"\bshould\s+{_US}\s+(?:sign|accept|agree|renew|worry|terminate|negotiate|be\s+(?:concerned|worried)|push\s+back|sue|walk|settle|reject|ask|insist|do|care|buy|change|enter|"
        rf"proceed|go\s+ahead)\b|\bwhat\s+should\s+{_US}\s+(?:do|say|ask|negotiate)\b|\b(?:do|would)\s+you\s+(?:think|recommend|advise|suggest|believe|consider|agree|like|sign)\b|"
        r"\b(?:your|any)\s+(?:opinion|advice|recommendations?|view|thoughts|take)\b|^(?:is|are|was|does|do|would)\b.{0,50}\b(?:a\s+good\s+(?:deal|idea|contract|agreement|offer)|a\s+bad\s+(?:deal|"
        r"idea)|fair|unfair|reasonable\s+(?:deal|price|offer)|market\s+standard|standard\s+in\s+the\s+(?:market|industry)|risky|worth\s+(?:it|signing)|in\s+our\s+interest|too\s+(?:high|low|long|short|"
        r"broad|strict|harsh)|one-?sided|favou?rable|(?:legally\s+)?(?:un)?enforceable(?:\s+(?:in|under|against)\b.{0,40})?|legally\s+valid|a\s+(?:red\s+flag|problem|scam))\s*\??$|\bhow\s+(?:risky|fair|good|bad|strong)\b|"
        r"\b(?:best|worst|better|worse)\s+(?:contract|agreement|deal|clause|strategy|way\s+to\s+(?:negotiate|get\s+out|win))\b|\bred\s+flags?\b|\bwould\s+(?:a\s+court|a\s+judge|we\s+win|i\s+win)\b(?!.{0,40}\b(?:under|according)\b)"
        r"(?=.{0,30}\b(?:likely|probably|win|rule\s+in)\b)|\bwhat\s+are\s+(?:our|my)\s+chances\b|\bwhat\s+are\s+the\s+(?:main\s+|biggest\s+|key\s+)?risks\b",
    ),
    (
        "arithmetic",
        r"^(?:what(?:'s|\s+is|\s+are)\s+|how\s+much\s+is\s+|calculate\s+|compute\s+)?[\d.,\s]+(?:\s*(?:[-+*/x×÷^%]|plus|minus|times|divided\s+by|percent\s+of|%\s+of)\s*[\d.,\s]+)+\s*[=?.]*$|\bsquare\s+root\b|"
        r"^(?:convert\s+)?[\d.,]+\s*(?:usd|eur|dollars|euros|miles|kg|pounds|km)\s+(?:in|to|into)\s+\w+\s*\??$",
    ),
    (
        "world",
        r"\b(?:weather|temperature\s+(?:today|outside)|rain\s+tomorrow)\b(?=.{0,40}(?:today|tomorrow|outside|now|like|forecast|in\s+[a-z]+|\?|$))(?!.{0,30}(?:clause|delay|condition|event|section))|\b(?:latest|today's|current)\s+"
        r"(?:news|headlines|stock\s+price|share\s+price|exchange\s+rate|interest\s+rates?\s+of\s+the\s+(?:fed|ecb)|score)\b|\bwho\s+(?:is|was)\s+the\s+(?:\w+\s+)?(?:president|prime\s+minister|king|queen|pope|chancellor)\s+of\s+(?:the\s+)?"
        r"(?:us|u\.s\.|usa|united\s+states|france|germany|england|uk|russia|china|canada|america)\b|\bcapital\s+(?:city\s+)?of\s+[a-z]+\s*\??$|\bwhat\s+(?:time|day)\s+is\s+it\b|\bwhat(?:'s|\s+is)\s+(?:today's\s+date|the\s+time|the\s+date\s+today)\s*\??$|\brecipe\s+for\b",
    ),
    (
        "product",
        r"^how\s+(?:do|can|could|should|would)\s+(?:i|we|one)\s+(?:export|upload|download|print|delete|remove|add|share|filter|sort|rename|save|undo|copy)\s+"
        r"(?:(?:the|my|an?|this|these|all|more|new|some)\s+)*(?:answers?|questions?|quotes?|grids?|matters?|documents?|files?|reports?|tables?|lists?|results?|notes?)\b|"
        r"^how\s+(?:do|can|could)\s+(?:i|we|one)\s+(?:sign|log)\s+(?:in|out|on|off)\b|\b(?:change|reset|forgot)\s+my\s+password\b|^how\s+does\s+(?:this|the|your)\s+"
        r"(?:tool|app|program|software|website|product|ai)\b|\bnightbrief\b|\b(?:which|what)\s+(?:ai|language)?\s*model\s+(?:are|do)\s+you\b|^who\s+(?:made|built|trained)\s+you\b",
    ),
    (
        "talk",
        r"^(?:hi|hello|hey|thanks|thx|ty|thank\s+you|good\s+(?:morning|afternoon|evening|day)|bye|goodbye|test|testing|ok(?:ay)?|yes|no|help|who\s+are\s+you|what\s+are\s+you|how\s+are\s+you(?:\s+\w+)?|what\s+can\s+you\s+do|"
        r"are\s+you\s+(?:a\s+)?(?:human|robot|bot|ai|there)|lol|cool|great|nice)\s*[!.?]*$|^(?:tell\s+me\s+)?a\s+(?:joke|poem|story)\b|^(?:ignore|forget|disregard)\s+(?:all\s+)?(?:previous|your|the\s+above)\s+(?:instructions?|prompts?)",
    ),
)  # fmt: skip
#: What is said of a refused request; every one ends in what can be asked instead.
SAID: dict[Refusal, str] = {
    "advice": "This asks for an opinion or advice. Documents can only tell what they say; ask what a clause provides.",
    "drafting": "This asks for new text. Nightbrief finds what documents say and writes nothing; ask for the clause itself.",
    "summary": "This asks for a summary. Ask for one fact at a time, or open the document's brief.",
    "world": "This asks about the world outside the documents. Ask what the documents say.",
    "arithmetic": "This asks for a calculation. Ask for the figures in the documents.",
    "product": "This asks about Nightbrief itself, which is told in its guide for users. Here, ask what the documents say.",
    "talk": "This is no question about the documents. Ask what they say, for example for the governing law.",
    "language": "Questions are understood in English only. Ask again in English.",
    "empty": "Nothing was asked.",
}
_COMPILED = [(kind, re.compile(pattern)) for kind, pattern in _CUES]


def refused(question: str) -> Refusal:
    """The kind of request that cannot be answered from documents; empty where the question can be looked up."""
    text = spelled(question).strip()
    if not re.search(r"\w", text):
        return "empty"
    kinds: list[Refusal] = [kind for kind, pattern in _COMPILED if pattern.search(text)]
    return kinds[0] if kinds else "language" if is_foreign(question) else ""
