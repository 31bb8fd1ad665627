"""Whether words stand in a document: a question that its text answers by itself, so that no model is asked."""

from __future__ import annotations

import re
from itertools import islice

from consolidation.asking.clause_names import (
    FEES_OF_WINNER,
    MANDATORY_ARBITRATION,
    clause_named,
    of_name,
)
from consolidation.asking.understand import Understanding
from consolidation.passages.passages import Passages
from consolidation.proposals.candidates import Candidate
from consolidation.proposals.clause_signs import SIGNS

_VERB = r"(?:mention|name|refer(?:ence)?\s+to|speak\s+of|cite|contain\s+the\s+(?:words?|phrase|name|term)|use\s+the\s+(?:words?|phrase|term))"
_DOCUMENT = r"(?:agreement|contract|document|deal|lease|licen[cs]e|amendment|letter|file|text|nda)"
_IT = rf"(?:(?:the|this|that|our)\s+(?:[\w'’.&-]+\s+){{0,6}}?{_DOCUMENT}|it)"
_MENTIONS = re.compile(
    rf"^(?:does|do)\s+{_IT}\s+(?:anywhere\s+|ever\s+)?{_VERB}\s+(?P<words>.+?)(?:\s+anywhere)?\s*\??$",
    re.IGNORECASE,
)
_MENTIONED = re.compile(
    rf"^(?:is|are)\s+(?P<words>.+?)\s+(?:mentioned|named|referred\s+to|cited)(?:\s+(?:anywhere|in\s+(?:the|this|that)\s+(?:[\w'’.&-]+\s+){{0,6}}?{_DOCUMENT}))*\s*\??$",
    re.IGNORECASE,
)
_MENTION_OF = re.compile(
    rf"^(?:(?:(?:is|are)\s+there\s+)?(?:an?y?\s+)?mentions?\s+of|mentions?)\s+(?P<words>.+?)(?:\s+(?:anywhere|in\s+(?:it|(?:the|this|that)\s+(?:[\w'’.&-]+\s+){{0,6}}?{_DOCUMENT})))*\s*\??$",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:(?:an?|any|the|some|either|something\s+(?:called|like)|names?|words?)\s+)+", re.IGNORECASE
)
#: Words that stand for others, or join several things, are looked up in no text.
_NOT_LITERAL = re.compile(
    r"\b(?:it|them|this|that|these|those|what|which|who|when|where|how|and|or|anything|nothing)\b",
    re.IGNORECASE,
)
#: A thing that a document is asked whether it has one of.
_HAS = re.compile(
    rf"^(?:(?:does|do)\s+{_IT}\s+(?:have|contain|include|provide(?:\s+for)?|offer|grant|give)\s+(?:for\s+an?|an?|any)"
    r"|(?:is|are)\s+there\s+(?:an?|any))\s+(?P<thing>[\w-]+(?:\s+[\w-]+){0,2})\s*\??$",
    re.IGNORECASE,
)
_LAWYERS = r"(?:attorney|lawyer|counsel|paralegal|legal)"
#: What is said by the way, and the words that tell the provision without it, by what a clause is called.
_BY_THE_WAY = {
    name: (re.compile(mentions, re.IGNORECASE), re.compile(tells, re.IGNORECASE))
    for name, mentions, tells in (
        *(
            (
                name,
                r"\(?\bincluding\s+(?:without\s+limitation\s+|any\s+|in\s+|an?\s+|by\s+)*arbitrat(?:ion|or)s?\b"
                r"|\b(?:courts?|judges?|judge,?\s+jury|mediators?|tribunals?|suit|litigation|action|proceedings?)(?:\s*/\s*|\s+(?:or|and|and/or)\s+)(?:any\s+|in\s+)?arbitrat(?:ion|or)s?(?:\s+proceedings?)?\b"
                r"|\barbitrat(?:ion|or)s?(?:\s*/\s*|\s+(?:or|and|and/or)\s+)(?:courts?|litigation|suit|legal|other)\b",
                r"arbitra",
            )
            for name in (MANDATORY_ARBITRATION, "arbitration")
        ),
        (
            FEES_OF_WINNER,
            rf"\bclaims?\s+(?:of\s+any\s+kind\s+)?for\s+(?:[\w'\u2019,/-]+\s+){{0,8}}?{_LAWYERS}\w*|\(?\b(?:including|charges|expenses?)\b[^.;)]{{0,80}}?\b{_LAWYERS}\w*",
            r"\b(?:prevail\w*|success\w*|unsuccessful|win(?:s|ner|ning)?|los(?:er|es|ing)|in\s+(?:whose|its|his|her|their)\s+favou?r|defaulting|enforc\w+|own)\b",
        ),
    )
}
_THING_WORDS = re.compile(r"[^\W\d_]{3,}")
_NAMES = re.compile(r"\bnamed?\b(?!\s+of\b)", re.IGNORECASE)
_MOST_WORDS, MOST_PLACES = 6, 3
#: Letters by which a word is known in other forms.
_STEM = 5
_ENDING = re.compile(r"(?:ilit(?:y|ies)|ies|es|e|s|y)$")


def words_asked_for(asked: Understanding) -> str:
    """The words that a question asks whether they stand in a document; empty where it asks something else."""
    if not asked.yes_no:
        return ""
    question = asked.each.strip()
    match = _MENTIONS.match(question) or _MENTIONED.match(question) or _MENTION_OF.match(question)
    words = _LEAD.sub("", match["words"].strip(" .?!")) if match else ""
    words = words.strip("\"'“”‘’« »")
    if _NAMES.search(question) and not words[:1].isupper():
        return ""  # to name a guarantor is to say who that is
    literal = words and not _NOT_LITERAL.search(words) and len(words.split()) <= _MOST_WORDS
    return words if literal else ""


def from_text(asked: Understanding, passages: Passages) -> Candidate | None:
    """Yes with the first places of the words that are asked for; No where they stand nowhere, in no other form either.

    Line ends and a plural are no difference, nor is case but for names. None where words like those asked for stand
    in the text ("indemnify" for "indemnity"), or those of a clause that goes by other names too.
    """
    words = re.findall(r"[\w&.'’-]+", words_asked_for(asked))
    if not words:
        return None
    pattern = r"\s+".join(re.escape(word) for word in words)
    found = re.compile(rf"(?<!\w){pattern}(?:['’]?s|es)?(?!\w)", re.IGNORECASE)
    is_name = all(word[0].isupper() for word in words)
    standing = (one for one in found.finditer(passages.text) if not is_name or one[0][0].isupper())
    places = tuple(match.span() for match in islice(standing, MOST_PLACES))
    if places:
        return Candidate("rules", "Yes", places, passages.holding(places[0]), score=1.0)
    no = Candidate("rules", "No", (), 0, score=1.0)
    return no if is_name or not _may_be_said(" ".join(words), passages.text) else None


def _may_be_said(words: str, text: str) -> bool:
    """Whether what small words mean may stand in a text otherwise: in another form, or by other words."""
    if clause := of_name(words):
        return bool(SIGNS[clause].words.search(text))
    stems = stems_of(words)
    return not stems or any(
        re.search(rf"(?<![^\W_]){re.escape(stem)}", text, re.IGNORECASE) for stem in stems
    )


def stems_of(words: str) -> list[str]:
    """The beginnings by which words are known in other forms; of words too short none."""
    found = re.findall(r"[^\W\d_]{4,}", words)
    return [
        (_ENDING.sub("", word) if len(word) >= _STEM else word.rstrip("s"))[:_STEM].lower() for word in found
    ]


def lacks_thing(question: str, text: str, sentence: str) -> bool:
    """Whether a question asks if there is a thing whose words stand nowhere in a text or not all, and none in a sentence.

    "Does it have a car allowance?" is no Yes by what speaks of severance pay, in a text without cars. Clauses that go
    by other names too are not looked up by their words.
    """
    match = _HAS.match(question.strip())
    words = match["thing"] if match else ""
    stems = [] if not words or of_name(words) or _NOT_LITERAL.search(words) else _every_stem(words)
    if not stems or any(_stands(stem, sentence) for stem in stems):
        return False
    return not all(_stands(stem, text) for stem in stems)


def only_mentions(asked: Understanding, sentence: str) -> bool:
    """Whether a question asks for a provision whose words a sentence only says by the way: "including arbitration".

    So do a release of claims for fees, and losses "(including fees of attorneys)", where nobody wins or loses.
    """
    mentions, tells = _BY_THE_WAY.get(clause_named(asked), (None, None))
    if mentions is None or tells is None:
        return False
    said = " ".join(sentence.split())
    return mentions.search(said) is not None and not tells.search(mentions.sub(" ", said))


def _every_stem(words: str) -> list[str]:
    return [
        word if len(word) < _STEM else stem
        for word in _THING_WORDS.findall(words.lower())
        for stem in stems_of(word) or [word]
    ]


def _stands(stem: str, text: str) -> bool:
    return re.search(rf"(?<![^\W_]){re.escape(stem)}", text, re.IGNORECASE) is not None
