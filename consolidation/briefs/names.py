"""Names of organisations and persons, read from where one begins."""

from __future__ import annotations

import re

from consolidation.briefs.fields import Range
from consolidation.briefs.words import trimmed
from consolidation.text.values import plain

_TOKEN = re.compile(r"[^\s,;:()\"\u201c\u201d]+|[,;:()\"\u201c\u201d]")
_MARKS = frozenset(',;:()"\u201c\u201d')
#: Legal forms after which a name ends unless another form follows; compared without dots, in lower case.
_FORMS = frozenset(
    "inc incorporated corp llc lllp llp lp ltd limited plc gmbh ag kgaa kg spa sarl srl nv bv sa sas ab asa oy "
    "pty pte bhd sdn na pc pllc aktiengesellschaft kk sl cv se pvt gie s/a ltda oyj kft aps a/s pjsc ojsc "
    "sà sàrl".split()
)
#: Legal forms that may stand inside a longer name too.
_SOFT_FORMS = frozenset(
    "company corporation co partners partnership trust bank fund association university foundation holdings group "
    "authority institute society cooperative ventures capital hospital college".split()
)
#: Forms that are written small too.
_WRITTEN_SMALL = frozenset(
    "corporation company limited incorporated plc ltd llp llc inc gmbh pty pte".split()
)
_LINKS = frozenset("of the and for de du la le van von der den & d/b/a dba on in et y und".split())
_STOPS = frozenset(
    "a an this with having whose located as by is are was who which where whereas organized duly "
    "acting being collectively hereinafter hereafter individually dated effective between among agreement witnesseth "
    "recitals background each together both doing formed existing at from its his her behalf through shall may "
    "address date".split()
)
_ABBREVIATED = frozenset("st dr mr mrs ms no jr sr etc bros mfg intl int'l dept u.s u.s.a e.i".split())
#: Names that begin with a small letter and a mark: "e-centives", "e.l.f. Beauty".
_SMALL_BEGINNING = re.compile(r"(?!i\.e|e\.g|[adfn]\.[bk])[a-z](?:-[a-z]{4}|(?:\.[a-z]){2})")
#: Where a name may begin.
CAPITAL = re.compile(r"(?<![\w.&'-])(?:[A-Z0-9]|[a-z](?=[A-Z]))[\w.&'-]*")
#: Longest name, in words.
_MOST_WORDS = 14
#: Most words in brackets inside a name.
_MOST_IN_BRACKET = 3


def _bare(token: str) -> str:
    return token.replace(".", "").replace("'", "").lower()


def is_form(token: str) -> bool:
    """Whether a word is a legal form that ends a name ("Inc.", "GmbH")."""
    return _bare(token) in _FORMS


def has_form(name: str) -> bool:
    """Whether a name holds a legal form."""
    return any(_bare(word.strip(",")) in _FORMS | _SOFT_FORMS for word in name.split())


def _begins_name(token: str) -> bool:
    first = token[0]
    if (
        first.isupper()
        or (token.isdigit() and len(token) > 5)
        or (first.isdigit() and any(c.isalpha() for c in token))
    ):
        return True
    if _SMALL_BEGINNING.match(token):
        return True
    inner = any(c.isupper() or c.isdigit() for c in token[1:4])
    return first.isalpha() and (inner or ".com" in token or ".net" in token)


def _dashes(token: str) -> bool:
    return not any(c.isalnum() or c == "&" for c in token)


class _Reader:
    """The words of a name one after the other; `end` is where it ends so far."""

    def __init__(self, text: str, start: int, stop: int) -> None:
        self.text = text
        found = _TOKEN.finditer(text, start, min(stop, start + 200))
        self.tokens = [(m[0], m.start(), m.end()) for m in found]
        self.start = self.end = start
        self.words = 0
        self.form = False

    def token(self, i: int) -> str:
        return self.tokens[i][0] if i < len(self.tokens) else ""

    def _take(self, i: int) -> None:
        if not self.words:
            self.start = self.tokens[i][1]
        self.end = self.tokens[i][2]
        self.words += 1
        self.form = self.form or (self.words > 1 and (is_form(self.token(i)) or self._last_form(i)))

    def _last_form(self, i: int) -> bool:
        """Whether "Corporation" or "Company" ends the name: what follows is no further word of it."""
        after = self.token(i + 1)
        return _bare(self.token(i)) in {"corporation", "company", "university"} and not (
            is_form(after) or after == "of" or (after[:1].isupper() and _bare(after) not in _STOPS | {"and"})
        )

    def _after_form(self, i: int, low: str) -> bool:
        """Whether a name goes on after its legal form: "Ltd. of Canada", "Limited Partnership", "GmbH & Co. KG"."""
        if low in {"&", "und"}:
            return _bare(self.token(i + 1)) in {"co", "company"}
        if low == "rl":
            return _bare(self.token(i - 1)) == "sà"
        return low in {"of", "co", "company", "partnership", "liability"}

    def _gap(self, i: int) -> bool:
        return i > 0 and "\n\n" in self.text[self.tokens[i - 1][2] : self.tokens[i][1]].replace(" ", "")

    def _comma(self, i: int) -> int:
        """Past a comma or bracket inside a name, else 0."""
        if self.token(i) == "," and is_form(self.token(i + 1)):
            return i + 1
        if self.token(i) == "," and self.words in (1, 2) and self.token(i + 2) == "&":
            return i + 1 if self.token(i + 1)[:1].isupper() else 0
        if self.token(i) == "," and (
            self._national(i + 1) or (self.token(i + 2) == "," and self._national(i + 3))
        ):
            return i + 1
        return self._bracket(i + (self.token(i) == ","))

    def _national(self, i: int) -> bool:
        """Whether the form of a bank stands there: "National Association"."""
        return [self.token(i).lower(), self.token(i + 1).lower()] == ["national", "association"]

    def _bracket(self, i: int) -> int:
        """Past a place in brackets inside a name ("Zond (Hong Kong) Limited"), else 0."""
        if self.token(i) != "(" or self.form:
            return 0
        for end in range(i + 2, i + 2 + _MOST_IN_BRACKET):
            if not self.token(end - 1)[:1].isupper():
                return 0
            if self.token(end) == ")":
                after = self.token(end + 1)
                return end + 1 if after[:1].isupper() and (end == i + 2 or has_form(after)) else 0
        return 0

    def read(self) -> int:
        i = 0
        while i < len(self.tokens) and self.words < _MOST_WORDS:
            token = self.token(i)
            if self._gap(i):
                break
            if token in _MARKS:
                i = self._comma(i)
                if not i:
                    break
                continue
            low = _bare(token)
            if _dashes(token):
                i += 1
                continue
            if low in _STOPS and not (low == "a" and token.endswith(".")):
                break
            if self.form and not is_form(token) and not self._after_form(i, low):
                break
            if low in _LINKS and not (
                token[0].isupper() and low not in {"and", "of", "the"} and self.words == 0
            ):
                if not self._links(i, low):
                    break
                i += 1
                continue
            if not _begins_name(token) and not self._inside(i, low):
                break
            self._take(i)
            if token.endswith(".") and not self._abbreviated(token, low):
                self.end -= 1
                break
            i += 1
        return self.end

    def _inside(self, i: int, low: str) -> bool:
        """Whether a word that begins no name stands in one: "XIMAGE corporation", "WPP 2005 Limited", "Boots plc"."""
        if low in _WRITTEN_SMALL:
            return self.words > 0
        return self.words > 0 and low.isdigit() and len(low) < 5 and self.token(i + 1)[:1].isupper()

    def _links(self, i: int, low: str) -> bool:
        nxt = self.token(i + 1)
        if not nxt or not nxt[0].isalnum() or not (_begins_name(nxt) or _bare(nxt) in _LINKS):
            return False
        if _bare(nxt) in _STOPS or self._gap(i):
            return False
        return not (low == "and" and (self.form or self.words == 0))

    def _abbreviated(self, token: str, low: str) -> bool:
        return (
            is_form(token)
            or low in _ABBREVIATED
            or low in {"co", "corp"}
            or len(low) <= 2
            or "." in token[:-1]
        )


#: A name that is written small, of which its term is the beginning: 'i-on labs, a ... corporation ("i-on")'.
_SMALL_WITH_TERM = re.compile(
    r"(?P<name>(?P<first>[a-z][\w.&'-]{0,20})(?:\s[\w.&'-]{1,20}){0,4}),?\s{1,4}an?\s(?:[\w.-]{2,16}\s){1,5}?"
    r"(?:corporation|company|partnership|trust|association)\b[^()]{0,200}\(\s?(?:the\s|hereinafter[\w\s,]{0,30})?"
    r"[\"\u201c](?P=first)\b[^()\"\u201c\u201d]{0,40}[\"\u201d]"
)


def read_name(text: str, start: int, stop: int) -> Range | None:
    """The name that begins at `start` or after white space there, at most to `stop`; None where none does."""
    start, _ = trimmed(text, start, min(stop, start + 60))
    if small := _SMALL_WITH_TERM.match(text, start, stop):
        return small.span("name")
    article = re.compile(r"(?:the|The|THE)\s+(?=[A-Z])").match(text, start, stop)
    begin = article.end() if article else start
    reader = _Reader(text, begin, stop)
    end = reader.read()
    low, high = trimmed(text, reader.start, end, ",;:-")
    while text[low:high].endswith(".."):
        high -= 1
    if high - low < 2 or not any(c.isalpha() for c in text[low:high]):
        return None
    return low, high


_SAME_FORM = {
    "corporation": "corp",
    "incorporated": "inc",
    "limited": "ltd",
    "company": "co",
    "aktiengesellschaft": "ag",
}
_DROPPED = frozenset("the and".split())


def name_with_form(name: str) -> str:
    """The form in which two names are the same: lower case, no punctuation, one word for each legal form.

    "The Boxlot Company" and "BOXLOT CO." are both "boxlot co".
    """
    name = re.split(r"\b(?:d/b/a|dba|D/B/A|DBA|doing business as)\b", name)[0]
    undotted = re.sub(r"\b((?:[A-Za-z]\.\s?){1,5}[A-Za-z])\b\.?", lambda m: re.sub(r"[.\s]", "", m[1]), name)
    words = plain(undotted.replace("&", " and ")).split()
    return " ".join(_SAME_FORM.get(word, word) for word in words if word not in _DROPPED)


def is_short(term: str, name: str) -> bool:
    """Whether a defined term is a part or the initials of a name, and so no role."""
    words = name_with_form(name).split()
    wanted = plain(term).replace(" ", "")
    initials = "".join(word[0] for word in words)
    full = "".join(plain(name).split())
    firsts = initials[:-1] if words and words[-1] in _FORMS | {"co"} else initials
    return bool(wanted) and (
        wanted in full or wanted in {initials, firsts} or wanted[:5] in full[: len(wanted)]
    )
