"""What people put around a question: "Can you tell me ...", several questions at once, slips of spelling."""

from __future__ import annotations

import re
from dataclasses import dataclass

_VERB = r"tell|say|list|name|identify|confirm|check|find|clarify|explain|look\s+up|work\s+out|figure\s+out|state|specify|verify|" \
    r"let\s+(?:me|us)\s+know|point\s+(?:me|us)\s+to|remind\s+(?:me|us)|spell\s+out|describe|quote|pull\s+up|see|recall|read"  # fmt: skip
_GIVE = r"(?:give|show|provide|send|get|find)\s+(?:me|us)(?:\s+with)?"
_TO_ME = r"(?:\s+(?:out|for)?\s*(?:me|us))?(?:\s+please)?(?:\s+about)?,?"
_PLEASE = r"(?:please|kindly|quickly|just|maybe|possibly|perhaps|also)"
_OPENING = re.compile(
    r"^\s*(?:(?:(?:hi|hello|hey|hallo|dear\s+\w+|good\s+(?:morning|afternoon|evening)|um+|uh+|sorry|thanks)\b\s*"
    r"(?:there|all|again)?\s*[,:;.!–—-]*|(?:ok(?:ay)?|so|well|and|also|but|then)\b,?|"
    r"(?:right|now|(?:quick\s+|next\s+|one\s+(?:more\s+)?)?question|one\s+(?:more|last)?\s*thing)\s*[,:;.!–—-]+)\s*)+",
    re.IGNORECASE,
)
_WRAPS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^{_PLEASE}[,\s]+(?=\w)",
        rf"^[^,;:!?]{{3,60}}[,;:!]\s*(?:{_PLEASE}\s+)*(?:tell|show)\s+(?:me|us)\s+(?=(?:what|which|who|whom|whose|when|where|why|how|whether|if)\b)",
        rf"^(?:can|could|would|will|might)\s+(?:you|u|someone|somebody|anyone|anybody)\s+(?:{_PLEASE}\s+)*"
        rf"(?:be\s+able\s+to\s+|be\s+so\s+kind\s+(?:as\s+to|and)\s+|mind\s+)?(?:(?:{_VERB})(?:ing)?\b{_TO_ME}|{_GIVE}\b)\s+(?:{_PLEASE}\s+)?",
        rf"^(?:are|were)\s+you\s+able\s+to\s+(?:{_PLEASE}\s+)*(?:(?:{_VERB})\b{_TO_ME}|{_GIVE}\b)\s+",
        r"^(?:can|could|may|might)\s+(?:i|we)\s+(?:please\s+)?(?:have(?!\s+(?:the|our|this|it|an?)\b[^?]{0,40}?\s(?:put|placed|moved|changed|held|checked|reviewed|audited|delivered|released|removed|deposited|tested|extended|transferred|assigned)\b)|get(?!\s+(?:out|away|rid|off|into|back|around)\b)|see|know|ask(?:\s+you)?)\b(?:\s+about)?\s+",
        r"^(?:do|would|does)\s+(?:you|u|we|anyone|anybody|someone)\s+(?:happen\s+to\s+|by\s+any\s+chance\s+)?(?:know|remember|recall|see)\b\s*",
        r"^(?:any|some)\s*(?:body|one)?\s*(?:idea|clue|know(?:s)?)\s+(?:of\s+)?",
        r"^(?:i|we)(?:['’]d|\s+would)\s+(?:like|love|want|need)\s+to\s+(?:know|learn|understand|see|hear|ask|find\s+out|check|confirm)\s+",
        r"^(?:i|we)\s+(?:(?:just|really|also)\s+)?(?:need|want|have|wish)\s+to\s+(?:know|learn|understand|see|ask|find\s+out|check|confirm)\s+",
        r"^(?:i|we)(?:['’]m|['’]re|\s+am|\s+are|\s+was|\s+were)\s+(?:just\s+)?(?:wondering|curious|asking|trying\s+to\s+(?:find\s+out|work\s+out|see|"
        r"establish|determine|understand))\s+(?:about\s+)?",
        r"^(?:i|we)\s+(?:wonder|ask|(?:do\s+not|don['’]?t)\s+know|can['’]?t\s+(?:tell|find|see))\s+(?:you\s+)?",
        r"^(?:tell|show|remind)\s+(?:me|us)\s+(?:about\s+)?(?=(?:what|which|who|whom|whose|when|where|why|how|whether|if|the|a|an)\b)",
        r"^(?:let\s+(?:me|us)\s+know|find\s+out|check|confirm|clarify|verify|see|establish|determine|explain)\s+(?:for\s+(?:me|us)\s+)?",
        r"^(?:is\s+it\s+possible\s+to|is\s+there\s+(?:a|any)\s+way\s+to|it\s+would\s+be\s+(?:good|great|useful|helpful)\s+to)\s+"
        r"(?:tell|know|say|see|find\s+out)\b(?:\s+(?:me|us))?\s+",
        r"^(?:what\s+)?(?:i|we)\s+(?:need|want)\s+(?:to\s+know\s+)?is\s+",
    )
]  # fmt: skip
_WHETHER = re.compile(r"(?:(?:about|on|as\s+to)\s+)?(whether(?:\s+or\s+not)?|if|that)\s+", re.IGNORECASE)
_SLIPS = {
    "waht": "what", "wat": "what", "whta": "what", "wht": "what", "whats": "what's", "wats": "what's", "wich": "which",
    "whcih": "which", "whic": "which", "hwo": "who", "whos": "who's", "wehn": "when", "whn": "when", "whens": "when's",
    "wher": "where", "wheres": "where's", "hwere": "where", "hows": "how's", "hwo's": "who's", "doe": "does", "dose": "does",
    "deos": "does", "dos": "does", "si": "is", "cna": "can", "teh": "the", "hte": "the", "thier": "their", "u": "you",
    "ur": "your", "pls": "please", "plz": "please", "hoe": "how", "hw": "how", "lawas": "law", "cant": "can't", "dont": "don't", "doesnt": "doesn't", "isnt": "isn't", "arent": "aren't", "wont": "won't",
    "didnt": "didn't", "hasnt": "hasn't", "havent": "haven't", "wasnt": "wasn't", "agreemnt": "agreement",
}  # fmt: skip
_SLASHED = re.compile(r"\bw/(?:(?P<out>o)\b|\s?)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


#: "before the year 2000" is before 2000, and a second question may stand behind a stroke.
_YEAR = re.compile(
    r"\b(?P<by>before|after|since|until|till|by|from|than|in|during|prior\s+to)\s+the\s+(?:calendar\s+)?year\s+(?=(?:19|20)\d\d\b)",
    re.IGNORECASE,
)
_STROKE = re.compile(r"\s+/\s+(?=(?:when|what|how|who|where|which)\b)", re.IGNORECASE)


def mended(question: str) -> str:
    """The question with the commonest slips in little words mended; a word with a capital further on may be a name."""

    def mend(word: re.Match[str]) -> str:
        known = _SLIPS.get(word[0].lower()) if word[0].islower() or not word.start() else None
        return word[0] if known is None else known if word[0].islower() else known.capitalize()

    question = _STROKE.sub(", and ", _YEAR.sub(r"\g<by> ", re.sub(r"(?<=[a-z])\(s\)", "s", question)))
    written = _SLASHED.sub(
        lambda slashed: "without" if slashed["out"] else "with ", question.replace("’", "'")
    )
    return _WORD.sub(mend, written)


def spelled(question: str) -> str:
    """The question in lower case with the commonest slips in little words mended; for cues, not for reading."""
    return mended(question).lower()


@dataclass(frozen=True, slots=True)
class Inner:
    """The question inside what is put around it; `whether`: it asks if something is so, without asking order."""

    text: str
    wrapped: bool = False
    whether: bool = False


def unwrapped(question: str) -> Inner:
    """The question without what is put around it: "Could you tell me if it renews?" gives "it renews?", whether."""
    start = _OPENING.sub("", " ".join(question.split()), count=1) or question.strip()
    inner = start
    for _ in range(4):
        before = inner
        for wrap in _WRAPS:
            inner = wrap.sub("", inner, count=1).strip() or before
        if inner == before:
            break
    whether = _WHETHER.match(inner)
    if whether and (inner != start or whether[1].lower().startswith("whether")):
        return Inner(inner[whether.end() :], True, True)
    return Inner(inner if inner == start else _in_order(inner), inner != start)


#: "who the customer is", as it stands in another sentence.
_INVERTED = re.compile(
    r"^(?P<wh>who|what|when|where)\s+(?P<of>(?:the|an?|its|their|his|her|our|this|[A-Z][\w&.-]*['\u2019]s?)\s+[^?,;]{2,60}?)\s+(?P<be>is|are|was|were)\s*\??$"
)


def _in_order(inner: str) -> str:
    """A question out of another sentence in the order of its own: "who the customer is" as "who is the customer?"."""
    match = _INVERTED.match(inner)
    return f"{match['wh']} {match['be']} {match['of']}?" if match else inner


_HOW_WORKED_OUT = re.compile(
    r"^(?:so\s+)?how\s+(?P<be>is|are|was|were)\s+(?P<sum>[^?,;]{3,80}?)\s+(?:worked\s+out|calculated|computed|determined|figured(?:\s+out)?|arrived\s+at|"
    r"measured|made\s+up)\b(?P<rest>[^?]*)\??$",
    re.IGNORECASE,
)


def as_what(question: str) -> str:
    """A question how a sum is worked out as one for that sum: documents say "the Fee is 5% of the cost"."""
    match = _HOW_WORKED_OUT.match(question.strip())
    return f"What {match['be'].lower()} {match['sum']}{match['rest'].rstrip()}?" if match else question


_SENTENCE = re.compile(
    r"(?<=[?])\s*(?=[^\W_])|(?<=[a-z\d)\"”'][.!])\s+(?=[^\W_])|(?<=[^.])\s*[\r\n]+\s*|\s*;\s+(?=(?:and\s+)?(?:what|who|when|"
    r"where|how|which|does|is|can|may)\b)", re.IGNORECASE
)  # fmt: skip
_NUMBERED = re.compile(r"^\s*(?:\(?\d{1,2}[.)]|\(?[a-h][.)]|[-•*])\s+", re.IGNORECASE)
_THANKS = re.compile(
    r"(?:(?:many|with)\s+)?(?:thanks?(?:\s+(?:you|a\s+lot|so\s+much|in\s+advance))*|thx|ta|cheers|please\s+(?:confirm|advise|let\s+me\s+know))\s*[.!]*",
    re.IGNORECASE,
)
#: Numbers of a list that goes on in one line.
_FIRST_TWO = re.compile(r"^\s*\(?1[.)]\s.*\s\(?2[.)]\s", re.DOTALL)
_IN_A_ROW = re.compile(r"\s+(?=\(?\d{1,2}[.)]\s)")
_BULLET = re.compile(r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,3})[.)]|[-•*]", re.IGNORECASE)
_ABBREVIATION = re.compile(
    r"\b(?:inc|corp|bros|co|ltd|incl|excl|no|nos|vs|mr|mrs|ms|dr|st|art|sec|approx|min|max|gov|u\.s|e\.g|i\.e|[a-z])\.$",
    re.I,
)


def sentences(question: str) -> list[str]:
    """The sentences of what was typed, numbers and bullets of lists taken off."""
    found: list[str] = []
    listed = _IN_A_ROW.split(question) if _FIRST_TWO.match(question) else [question]
    for piece in (p.strip() for part in listed for p in _SENTENCE.split(part)):
        if not piece or _BULLET.fullmatch(piece) or _THANKS.fullmatch(piece):
            continue
        if found and _ABBREVIATION.search(found[-1]):
            found[-1] += f" {piece}"
        else:
            found.append(_NUMBERED.sub("", piece) or piece)
    return found
