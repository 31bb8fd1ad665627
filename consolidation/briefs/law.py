"""The law that governs an agreement, and where its disputes are heard."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from consolidation.briefs.fields import Candidate, Field, Range
from consolidation.briefs.source import Source
from consolidation.briefs.words import spaced
from consolidation.text.jurisdictions import written_jurisdictions

#: What contracts call some countries.
_FORMAL = {
    "China": "People's Republic of China",
    "Russia": "Russian Federation",
    "South Korea": "Republic of Korea",
}
#: One jurisdiction that is written as two names.
_TOGETHER = "England and Wales"
_GOVERNED = re.compile(
    r"\b(?:govern(?:ed|ing|s)?|constru(?:ed|ction)|interpret(?:ed|ation)|enforced|controlled|applicable"
    r"|apply|applied|determined|subject\s+to|accordance\s+with|requires\s+application|under)\b"
    r"[^.]{0,260}?\blaws?\b"
    r"|\blaws?\b[^.]{0,120}?\b(?:shall\s+|will\s+)?(?:govern|apply|control|applicable|governs|controls)\b"
    r"|\bG\s?OVERNING\s+LAW\b|\bGoverning\s+Law\b",
    re.IGNORECASE,
)
_STRONG = re.compile(
    r"\b(?:govern(?!ment)\w*|constru\w*|interpret\w*|controlled|determined\s+(?:under|in\s+accordance)|requires\s+application|applicable\s+law|choice\s+of\s+law)\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"\b(?:agreement|contract|amendment|lease|dispute|terms|validity|parties|hereto|hereof|hereunder"
    r"|guarant\w+|note)\b",
    re.IGNORECASE,
)
_WITHOUT = re.compile(
    r"\b(?:without\s+(?:regard|reference|giving|application|recourse|effect)|excluding|exclusive\s+of"
    r"|except|irrespective|notwithstanding|regardless|not\s+including|conflicts?"
    r"|choice\s+of\s+laws?\s+(?:rules|principles|provisions)|(?:the\s+)?(?:state\s+(?:and"
    r"|or)\s+federal\s+)?courts?\b|venue|jurisdiction|arbitrat\w+|as\s+(?:such\s+laws?|if|applied|they"
    r"|are)|applicable\s+to|other\s+than|United\s+Nations\s+Convention)",
    re.IGNORECASE,
)
_LAW = re.compile(r"\b(?:laws?|legislation|statutes)\b", re.IGNORECASE)
_ORGANISED = re.compile(
    r"\b(?:organi[sz]ed|incorporated|existing|formed|established|registered|corporation|company"
    r"|compl\w+|violat\w+|permitted|required|tax|securities|bankruptcy|patent|copyright|employment"
    r"|trademark|obligations)\b[^.]{0,60}$",
    re.IGNORECASE,
)
#: "the laws of that State", of a place named before.
_THERE = re.compile(
    r"\s{1,4}(?:of\s{1,4}(?:that|such|said)\s{1,4}(?:state|province|country"
    r"|jurisdiction)|thereof)\b",
    re.IGNORECASE,
)
_FORUM = re.compile(r"\b(?:courts?|arbitrat\w+|venue|jurisdiction|A\.?A\.?A|ICC|tribunal)\b", re.IGNORECASE)
_HEARD = re.compile(
    r"\b(?:exclusive(?:ly)?|jurisdiction|venued?|brought|submit\w*|heard|forum|arbitration\s+(?:shall|will|in"
    r"|conducted|held)|settled|resolved|seat)\b",
    re.IGNORECASE,
)
#: What is said of the one place where disputes are heard, and what stands beside the name of a state alone.
_EXCLUSIVE = re.compile(
    r"(?<![Nn]on-)(?<![Nn]on)\bexclusive|\bsole\s+(?:and\s+exclusive\s+)?(?:venue|jurisdiction)",
    re.IGNORECASE,
)
_OF_A_STATE = re.compile(r"\b(?:the|State|Commonwealth|Province|of)\b|\W", re.IGNORECASE)
_COURT_OF = re.compile(
    r"\b(?:courts?\s+(?:located\s+)?(?:of|in|for|sitting\s+in|located\s+in|situated\s+in)|(?:held"
    r"|conducted|take\s+place|located|place\s+of\s+arbitration|seat|venue|sitting|brought|arbitration"
    r"|jurisdiction)\s+[^.;]{0,60}?\b(?:in|is|be|at|of|for))\s{1,6}"
    r"(?P<place>(?:the\s{1,4})?[A-Z][\w.'\u2019-]*(?:(?:\s{1,4}|,\s{0,4})(?:of|and|the|for"
    r"|[A-Z][\w.'\u2019-]*)){0,12})"
)


def jurisdictions(text: str) -> list[tuple[Range, str]]:
    """Jurisdictions named in `text`, in order; a country named right after its part is left out."""
    return [(place, _FORMAL.get(name, name)) for place, name in written_jurisdictions(text)]


def jurisdiction(text: str) -> str:
    """The comparable form of a law: the jurisdictions it names, sorted, else the words in lower case."""
    names = sorted({"England" if name == "Wales" else name for _, name in jurisdictions(text)})
    return "; ".join(names) if names else spaced(text).lower()


def _whole(named: Sequence[tuple[Range, str]], text: str) -> list[tuple[Range, str]]:
    """Named jurisdictions, with "England and Wales" as the one that it is."""
    whole: list[tuple[Range, str]] = []
    for (start, end), name in named:
        if whole and {whole[-1][1], name} == {"England", "Wales"}:
            (first, last), _ = whole[-1]
            if re.fullmatch(r"\W*(?:and|&)?\W*", text[last:start], re.IGNORECASE):
                whole[-1] = (first, end), _TOGETHER
                continue
        whole.append(((start, end), name))
    return whole


def _laws(source: Source) -> Iterator[Candidate]:
    text = source.text
    for start, end in source.sentences_with(_LAW):
        sentence = text[start : min(end, start + 1_500)]
        if not _GOVERNED.search(sentence):
            continue
        for law in _LAW.finditer(sentence):
            before = sentence[: law.start()]
            if _ORGANISED.search(before[-80:]) and not _STRONG.search(before[-80:]):
                continue
            reach = sentence[law.end() : law.end() + 220]
            stop = _WITHOUT.search(reach)
            named = jurisdictions(reach[: stop.start()] if stop else reach)
            shift = start + law.end()
            adjective = False
            if _THERE.match(reach):
                named, shift = jurisdictions(before)[-1:], start
            elif not named or named[0][0][0] > 90:
                low = max(0, law.start() - 45)
                named, shift, adjective = jurisdictions(sentence[low : law.start()])[-1:], start + low, True
                if named and law.start() - low - named[0][0][1] > 12:
                    continue
            if not named:
                continue
            yield _law(source, start, sentence, law.start(), named, shift, adjective)


def _law(
    source: Source,
    start: int,
    sentence: str,
    at: int,
    named: list[tuple[Range, str]],
    shift: int,
    adjective: bool,
) -> Candidate:
    head = source.text[max(0, start - 80) : start] + sentence[: max(at, 30)]
    sure = 0.5 + 0.25 * bool(_STRONG.search(head)) + 0.1 * bool(_SUBJECT.search(sentence))
    sure += 0.1 * bool(re.search(r"\bgovern(?!ment)", sentence, re.IGNORECASE)) - 0.05 * adjective
    sure -= 0.03 * (1 - start / max(len(source.text), 1))
    placed = [((shift + low, shift + high), name) for (low, high), name in named]
    whole = _whole(placed, source.text)
    places = tuple(place for place, _ in whole)
    value = "; ".join(sorted({name for _, name in whole}))
    return Candidate(value, places, sure, "governed by the law of")


def governing_law(source: Source) -> Field | None:
    """The jurisdiction whose law governs the agreement."""
    return source.choose("governing_law", (c for c in _laws(source) if c.confidence > 0.68), "Governing Law")


#: Who administers arbitrations.
_ARBITRATES = re.compile(
    r"\b(?:American\s+Arbitration\s+Association|AAA|JAMS(?:\s*/\s*Endispute)?|Judicial\s+Arbitration\s+(?:and|&)\s+Mediation\s+Services?"
    r"|(?:International\s+Chamber\s+of\s+Commerce|London\s+Court\s+of\s+International\s+Arbitration|LCIA|ICC)(?!\s+rules)"
    r"|National\s+Arbitration\s+Forum|(?:Singapore|Hong\s+Kong|Vienna|Dubai)\s+International\s+Arbitration\s+Cent(?:re|er)"
    r"|Arbitration\s+Institute\s+of\s+the\s+Stockholm\s+Chamber\s+of\s+Commerce"
    r"|China\s+International\s+Economic\s+and\s+Trade\s+Arbitration\s+Commission)\b"
)
#: What sends disputes to arbitration.
_SENT = re.compile(
    r"\b(?:submit\w*|resolv\w+|settl\w+|determin\w+|decid\w+|refer\w*|subject|adjudicat\w+)\b[^.;]{0,120}?\b(?:by|to|through|in|via|of)\s+"
    r"(?P<what>(?:(?:final|binding|mandatory|confidential|neutral)(?:,?\s+(?:and\s+)?))*arbitration)\b",
    re.IGNORECASE,
)
_NO_PLACE = re.compile(r"\b(?:Arbitration|Association|Rules|Act)\b")


def forum(source: Source) -> Field | None:
    """Where disputes are heard: the place of the courts or of the arbitration."""
    return source.choose("forum", (*_forums(source), *_arbitrations(source)))


def _is_state(words: str) -> bool:
    """Whether words say no more than a state or a country."""
    low, high = next((place for place, _ in jurisdictions(words)), (0, 0))
    return not _OF_A_STATE.sub("", words[:low] + words[high:])


def _forums(source: Source) -> Iterator[Candidate]:
    for start, end in source.sentences_with(_FORUM):
        sentence = source.text[start : min(end, start + 2_000)]
        heard = _HEARD.search(sentence)
        if not heard:
            continue
        for match in _COURT_OF.finditer(sentence):
            low, high = match.span("place")
            words = sentence[low:high].rstrip(" ,.")
            words = re.sub(r"(?:[\s,]+(?:of|and|the|for))+$", "", words)
            if _NO_PLACE.search(words):
                continue
            if not jurisdictions(words) and not re.search(
                r"\b(?:County|City|London|Paris|District|Beijing|Geneva)\b", words
            ):
                continue
            near = sentence[max(0, match.start() - 120) : match.end() + 80]
            sure = 0.55 + 0.1 * bool(re.search(r"jurisdiction|venue", sentence, re.I))
            sure += 0.2 if _EXCLUSIVE.search(near) else 0.1 * bool(_EXCLUSIVE.search(sentence))
            sure += 0.05 * (not _is_state(words))
            value = spaced(re.sub(r"^the\s+", "", words))
            yield Candidate(value, ((start + low, start + low + len(words)),), sure, "heard in")


def _arbitrations(source: Source) -> Iterator[Candidate]:
    """Arbitration by an institution, where no place of courts or arbitration is said: less sure than any place."""
    for start, end in source.sentences_with(_ARBITRATES):
        sentence = source.text[start : min(end, start + 2_000)]
        sent, by = _SENT.search(sentence), _ARBITRATES.search(sentence)
        if sent and by and sent.end() < by.start():
            (low, high), (first, last) = sent.span("what"), by.span()
            places = (start + low, start + high), (start + first, start + last)
            value = f"{spaced(sent['what'])}, {spaced(by[0])}"
            yield Candidate(value, places, 0.52, "arbitration by")
