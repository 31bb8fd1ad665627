"""Documents that a question leaves out: "other than the Acme lease", "except Beta", "excluding sierra.pdf"."""

from __future__ import annotations

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
_ONE = rf"(?:{_FILE}|{_OF_KIND}|{_NAME}(?:\s+{_DOC}s?)?)"
_NAMES = rf"(?P<names>{_ONE}(?:\s*(?:,|,?\s+and|,?\s+or|&)\s+{_ONE})*)"
_FIRST = re.compile(rf"^\s*(?:{_BUT})\s+{_NAMES}\s*[,:;]\s*(?P<rest>\S.+)$", re.IGNORECASE | re.DOTALL)
_BESIDE = re.compile(
    rf"^(?P<before>.*?\b(?:{_DOCS}|{_DOC}|all|everything|everyone|any|each|every\s+one|one)\b)\s*[,(]?\s*(?:{_BUT}|(?<=s\s)but|(?<=all\s)but|(?<=everything\s)but)\s+{_NAMES}\)?"
    rf"(?:,\s*|\s+)(?P<rest>(?:is|are|was|were|has|have|had|do|does|did|can|may|must|will|expire|end|renew|contain|include|allow|require|lack|that|which|with|without|governed|signed|by|ha[sd]n't|aren't|don't|doesn't)\w*\b.*)$",
    re.IGNORECASE | re.DOTALL,
)
_LAST = re.compile(
    rf"^(?P<before>.*?\S)(?:(?P<comma>\s*[,;(–—-]\s*)|\s+)(?P<but>{_BUT})\s+{_NAMES}\)?\s*[?.!]*$",
    re.IGNORECASE | re.DOTALL,
)
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
    if first := _FIRST.match(question):
        return _told(question, first["rest"], first["names"])
    if beside := _BESIDE.match(question):
        return _told(question, f"{beside['before']} {beside['rest']}", beside["names"])
    last = _LAST.match(question)
    if last is None:
        return question, ""
    # NB: "parties other than Affiliates" and "fees excluding Taxes" leave out no documents.
    beside_documents = re.search(
        rf"\b(?:{_DOCS}|all|everything|next|first|last|soonest)$", last["before"].strip(" ,("), re.IGNORECASE
    )
    if not (last["comma"] or beside_documents or _WITH_KIND.search(last["names"])):
        return question, ""
    return _told(question, last["before"].strip(" ,(;–—-"), last["names"])


def _told(question: str, rest: str, names: str) -> tuple[str, str]:
    said = names.strip(" ,.?!)")
    if not said or _NOBODY.match(said):
        return question, ""
    return " ".join(rest.split()), said
