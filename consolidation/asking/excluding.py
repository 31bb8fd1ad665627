"""Documents that a question leaves out: "other than the Acme lease", "except Beta", "excluding sierra.pdf"."""

from __future__ import annotations

import bisect
import re

from consolidation.asking.document_words import DOC

_DOC = rf"(?:{DOC}|letter|msa|sow|one)"
_DOCS = rf"(?:{_DOC}s|others)"
_BUT = (
    r"(?:other\s+than|except(?:ing)?(?:\s+for)?|excluding|apart\s+from|aside\s+from|besides|leaving\s+out|leaving\s+aside|not\s+counting|"
    r"without\s+counting|ignoring|not\s+including|save\s+for|but\s+not)"
)
_FILE = r"[\"“'‘]?[^\"“”?,]{1,120}?\.(?:pdf|docx?|txt|rtf|odt|html?|eml|msg|xlsx?|pptx?)[\"”'’]?"
#: A name as it is written: a word with a capital, and what stands around it.
_NAME = r"(?:the\s+|our\s+)?(?-i:[A-Z][\w&.'’-]*)(?:\s+(?-i:(?:[A-Z&][\w&.'’-]*|of|and|the|for|de|with))(?![\w]))*"
_OF_KIND = rf"(?:the|our|that)\s+(?:[\w&.'’-]+\s+){{1,5}}?{_DOC}s?"
_ONE = re.compile(rf"(?:{_FILE}|{_OF_KIND}|{_NAME}(?:\s+{_DOC}s?)?)", re.IGNORECASE)
_NEXT = re.compile(r"\s*(?:,?\s+and|,?\s+or|,|&)\s+", re.IGNORECASE)
#: Where a name may end, and the most words that one has.
_END = re.compile(r"(?<=[^\s,])(?=[\s,:;)?!]|$)")
_MOST_WORDS = 14
_FIRST = re.compile(rf"^\s*(?:{_BUT})\s+", re.IGNORECASE)
_AFTER_FIRST = re.compile(r"\s*[,:;]\s*(?P<rest>\S.+)$", re.DOTALL)
_BESIDE = re.compile(
    rf"\b(?:{_DOCS}|{_DOC}|all|everything|everyone|any|each|every\s+one|one)\b(?P<but>\s*[,(]?\s*(?:{_BUT}|(?<=s\s)but|(?<=all\s)but|(?<=everything\s)but)\s+)",
    re.IGNORECASE,
)
_AFTER_BESIDE = re.compile(
    r"\)?(?:,\s*|\s+)(?P<rest>(?:is|are|was|were|has|have|had|do|does|did|can|may|must|will|expire|end|renew|contain|include|allow|require|lack|that|which|with|without|governed|signed|by|ha[sd]n't|aren't|don't|doesn't)\w*\b.*)$",
    re.IGNORECASE | re.DOTALL,
)
_LAST = re.compile(rf"(?<=\S)(?:(?P<comma>\s*[,;(–—-]\s*)|\s+)(?:{_BUT})\s+", re.IGNORECASE)
_AFTER_LAST = re.compile(r"\)?\s*[?.!]*$")
#: What capital letters name that is no document: taxes, laws, subjects, months, words that contracts define.
_NOBODY = re.compile(
    r"^(?:the\s+)?(?:VAT|GST|IP|IT|EU|UK|US|USA|USD|EUR|GDPR|NDAs?|SLAs?|Affiliates?|Confidential\s+Information|Losses|Taxes|Sections?\s.*|Articles?\s.*|Exhibits?\b.*|Schedules?\b.*|Appendi\w+\b.*|"
    r"January|February|March|April|May|June|July|August|September|October|November|December|Sundays?|Saturdays?|Delaware|New\s+York|California|Texas|England(?:\s+and\s+Wales)?)$",
)
_WITH_KIND = re.compile(rf"\b{_DOC}s?$|\.\w{{2,4}}[\"”'’]?$", re.IGNORECASE)


def leaving_out(question: str) -> tuple[str, str]:
    """A question without the documents that it leaves out, and the words that name these; empty where it leaves none.

    Only a question over several documents can leave some out, which the caller has to see to.
    """
    told = _apart(_SPACES.sub(" ", question))
    return told if told[1] else (question, "")


#: Runs of spaces, which patterns would take apart in many ways.
_SPACES = re.compile(r"\s{2,}")


def _apart(question: str) -> tuple[str, str]:
    names = _Names(question)
    if (lead := _FIRST.match(question)) and (found := names.before(lead.end(), _AFTER_FIRST)):
        return _told(question, found[1]["rest"], found[0])
    for lead in _BESIDE.finditer(question):
        if found := names.before(lead.end(), _AFTER_BESIDE):
            return _told(question, f"{question[: lead.start('but')]} {found[1]['rest']}", found[0])
    for lead in _LAST.finditer(question):
        if found := names.before(lead.end(), _AFTER_LAST):
            return _of_last(question, lead, found[0])
    return question, ""


def _of_last(question: str, lead: re.Match[str], names: str) -> tuple[str, str]:
    # NB: "parties other than Affiliates" and "fees excluding Taxes" leave out no documents.
    before = question[: lead.start()]
    beside_documents = re.search(
        rf"\b(?:{_DOCS}|all|everything|next|first|last|soonest)$", before.strip(" ,("), re.IGNORECASE
    )
    if not (lead["comma"] or beside_documents or _WITH_KIND.search(names)):
        return question, ""
    return _told(question, before.strip(" ,(;–—-"), names)


class _Names:
    """Names of documents in a text, one or several: each place is read once, however these can be taken apart."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._word_ends = [match.start() for match in _END.finditer(text)]
        self._ends: dict[int, list[int]] = {}

    def before(self, at: int, after: re.Pattern[str]) -> tuple[str, re.Match[str]] | None:
        """The longest list of names from a place that `after` follows, and the match of that."""
        for end in sorted(self._reached(at), reverse=True):
            if rest := after.match(self._text, end):
                return self._text[at:end], rest
        return None

    def _reached(self, at: int) -> set[int]:
        reached: set[int] = set()
        places, seen = [at], {at}
        while places:
            for end in self._ends_of(places.pop()):
                reached.add(end)
                if (following := _NEXT.match(self._text, end)) and following.end() not in seen:
                    seen.add(following.end())
                    places.append(following.end())
        return reached

    def _ends_of(self, at: int) -> list[int]:
        if at not in self._ends:
            first = bisect.bisect_right(self._word_ends, at)
            ends = self._word_ends[first : first + _MOST_WORDS]
            self._ends[at] = [end for end in ends if _ONE.fullmatch(self._text, at, end)]
        return self._ends[at]


def _told(question: str, rest: str, names: str) -> tuple[str, str]:
    said = names.strip(" ,.?!)")
    if not said or _NOBODY.match(said):
        return question, ""
    return " ".join(rest.split()), said
