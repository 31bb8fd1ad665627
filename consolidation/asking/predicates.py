"""What is said of some documents, as the question whether it is so of one: "are leases", "where Acme pays"."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Put:
    """A predicate as a question to one document; `lacks`: it is said to be not so, and asked if it is."""

    each: str
    words: str
    lacks: bool = False


_LEADS = re.compile(r"^(?:(?:that|which|who|and|there|both)\s+)+", re.IGNORECASE)
_HAVE = re.compile(
    r"^(?:(?:that|which|and)\s+)*(?:(?:is|are|was|were)\s+(?=with|lacking|missing))?(?P<verb>have|has|had|having|with|contain\w*|includ\w*|featur\w*|carr(?:y|ies)|come\s+with|set\s+out|provides?\s+for|"
    r"lack\w*|without|miss(?:ing|es)?|omits?|no|(?:do|does|did)(?:\s+not|n't)\s+(?:have|contain|include|provide\s+for|carry))\s+(?:got\s+)?(?P<thing>.+?)\s*[?.]?$",
    re.IGNORECASE,
)
#: What one is, or none: "no insurance requirement" asks for an insurance requirement.
_ONE_THING = re.compile(
    r"\b(?:clause|provision|requirement|right|obligation|cap|fee|limit|limitation|restriction|covenant|licen[cs]e|commitment|non-?compete|non-?solicit|period|deposit|escrow)$",
    re.IGNORECASE,
)
_LACKS = re.compile(r"^(?:lack|without|miss|omit|no\b|(?:do|does|did)(?:\s+not|n't))|^no\s", re.IGNORECASE)
#: "have already expired": what has come about, and nothing that is had.
_PERFECT = re.compile(
    r"^(?:have|has)(?P<no>\s+not|n't)?\s+(?P<done>(?:(?:already|ever|since|now|yet)\s+)*(?:been\b.*|(?:expired|ended|lapsed|terminated|renewed|started|begun)\b.*)|"
    r"(?:already|ever)\s+\w+ed\b.*)$",
    re.IGNORECASE,
)
_VERBS = frozenset(
    "are is were was can may must shall will has have had do does did should could would".split()
)
_CLAUSE = re.compile(r"^(?:where|(?:in|under|by|for)\s+which)\s+(?P<clause>.+)$", re.IGNORECASE)
_STATED = re.compile(
    r"^(?P<subject>\S+(?:\s+\S+){0,5}?)\s+(?P<verb>can(?:not|'t)?|may|must|shall|will|is|are|was|were|has|have|does|do)(?:n't|(?P<no>\s+not))?\s+(?P<rest>.+)$",
    re.IGNORECASE,
)
#: Words that end in "-ing" before what they are about, and words that a form of "to be" is left out before.
_DOING = re.compile(
    r"^(?P<verb>mention|need|requir|allow|permit|involv|nam|renew|end|expir|provid|restrict|prohibit|giv|grant|let|limit|cap|impos|charg|waiv|exclud|"
    r"oblig|reserv|forbid|bar|pay|cover|licens|leas|mak|us|carry|touch|affect|bind|sett)ing\b",
    re.I,
)
_BARE_E = frozenset(
    "requir involv nam expir provid giv mak tak hav includ us impos charg waiv exclud leas licens oblig releas purchas reserv".split()
)
_BEING = re.compile(r"^(?P<word>governed|subject|signed|executed|dated|expired|made|under)\b", re.IGNORECASE)
_PAST = frozenset(("signed", "executed", "made"))
#: A clause in the order of a question: "would insolvency let them terminate".
_ASKS = re.compile(
    r"^(?:is|are|was|were|do|does|did|can|could|may|must|has|have|will|would)\s+(?!(?:not|also|still|be|been|there)\b)\w",
    re.IGNORECASE,
)
_KINDS = re.compile(
    r"^(?P<be>are|were)\s+(?P<not>not\s+)?(?P<which>(?:[\w-]+\s+){0,2}?)(?P<kind>contract|agreement|nda|lease|licen[cs]e|amendment|letter|loan|order|side\s+letter|mou|msa)s(?P<of>\s+(?:of|to|with)\s+.+)?$",
    re.IGNORECASE,
)
_INVERTED = re.compile(
    r"^(?:may|can|must|does|do|is|are|will|shall|could|should)\s+(?:the|a|an|either|any|both|one(?!-)|each|we|they|it|neither)\b"
    r"|^(?:is|are|was|were)\s+(?!(?:not|also|still|already|subject|governed|under|now|ever|never|only|expressly|missing|lacking|without)\b)(?:[\w-]+\s+){1,3}?(?:limited|capped|excluded|waived|prohibited|"
    r"restricted|allowed|permitted|required|mentioned|disclaimed|redacted|blacked\s+out|granted|barred|forbidden|uncapped|unlimited|guaranteed|shared|ruled\s+out)(?=\s*(?:$|[?.,;]|(?:or|and|in|by|to|under|at|for|on|from|if|when|unless|during|after|without|only|as)\b))",
    re.I,
)
#: What is asked of somebody and the documents: "did Smith sign", "is Acme a party to", "can we terminate".
_OF_DOCUMENTS = re.compile(
    r"^(?:did|does|is|was|has|do|are|were|have|can|could|may)\s+(?!not\b|been\b|also\b)\S.{0,60}\b(?:sign|signed|execute|executed|enter(?:ed)?\s+into|part(?:y|ies)\s+to|"
    r"guarantee|negotiate|terminate|cancel|renew|extend|exit|assign|breach)\s*$",
    re.IGNORECASE,
)
_OF_PARTY = re.compile(r"^(?:does|did|has|do|have)\s+\S.{0,60}\s+(?:have|got|hold)$", re.IGNORECASE)
_SUBJECT = re.compile(
    r"^(?:does|do|did|can|could|may|might|must|shall|should|will|would)\s+"
    r"(?:(?:the|an?|any|either|each|both|neither|he|she|it|this|that|these|they|we|you|i)\b|(?-i:[A-Z]))",
    re.IGNORECASE,
)


def asks_inside(rest: str) -> bool:
    """Whether the words after "which documents" ask which of those a document speaks of: "must the licensee keep"."""
    text = rest.strip().rstrip("?. ")
    return bool(_SUBJECT.match(text)) and not (_OF_DOCUMENTS.match(text) or _OF_PARTY.match(text))


def asks_of_another(clause: str) -> bool:
    """Whether a clause is a question in its own order, of something else than the documents."""
    return bool(_ASKS.match(clause.strip()))


def asks_of_documents(rest: str) -> bool:
    """Whether the words after "which documents" have a subject of their own: "did Smith sign", "may we assign"."""
    text = rest.strip().rstrip("?. ")
    return bool(_INVERTED.match(text) or _OF_DOCUMENTS.match(text) or _OF_PARTY.match(text))


def put(rest: str) -> Put:
    """The question whether something is so of one document: "don't renew" asks whether it renews, `lacks`."""
    text = _LEADS.sub("", rest.strip().rstrip("?. ")) if not _CLAUSE.match(rest.strip()) else rest.strip()
    text = text.rstrip("?. ")
    if _OF_DOCUMENTS.match(text):
        return Put(f"{_capital(text)} the agreement?", text)
    if _INVERTED.match(text):
        return Put(f"{_capital(text)}?", text)
    if clause := _CLAUSE.match(text):
        return _of_clause(clause["clause"], text)
    if done := _PERFECT.match(text):
        return Put(f"Has the agreement {done['done']}?", text, bool(done["no"]))
    if have := _HAVE.match(text):
        return _of_having(have)
    if kind := _KINDS.match(text):
        noun = f"{kind['which']}{kind['kind']}"
        article = "an" if re.match(r"[aeiou]|nda|msa|mou", noun, re.IGNORECASE) else "a"
        return Put(f"Is the agreement {article} {noun}{kind['of'] or ''}?", text, bool(kind["not"]))
    if doing := _DOING.match(text):
        verb = doing["verb"].lower() + ("e" if doing["verb"].lower() in _BARE_E else "")
        return Put(f"Does the agreement {verb}{text[doing.end() :]}?", text)
    if being := _BEING.match(text):
        return Put(f"{'Was' if being['word'].lower() in _PAST else 'Is'} the agreement {text}?", text)
    return _of_verb(text)


def _of_having(have: re.Match[str]) -> Put:
    thing, lacks = have["thing"], bool(_LACKS.match(have["verb"]))
    if none := re.match(r"(?:no|not\s+(?:a|an|any))\s+", thing, re.IGNORECASE):
        thing, lacks = thing[none.end() :], not lacks
    if lacks and _ONE_THING.search(thing) and not re.match(r"(?:an?|any|the)\s", thing, re.IGNORECASE):
        thing = f"{'an' if thing[:1].lower() in 'aeiou' else 'a'} {thing}"
    bare = re.sub(r"^(?:an?|any|the)\s+", "", thing, flags=re.IGNORECASE)
    article = "" if bare == thing else thing[: len(thing) - len(bare)]
    words = f"{'without' if lacks else 'with'} {article}{bare}"
    return Put(f"Does the agreement have {article or ''}{bare}?", words, lacks)


def _of_clause(clause: str, words: str) -> Put:
    """What stands after "where", with its verb before its subject where it has one that can stand there."""
    if asks_of_another(clause):
        return Put(f"{_capital(clause)}?", words)
    stated = _STATED.match(clause)
    if stated is None:
        return Put(f"Is it so that {clause}?", words)
    verb, rest = stated["verb"].lower(), stated["rest"]
    lacks = (
        bool(stated["no"]) or verb in ("cannot", "can't") or clause[stated.end("verb") :].startswith("n't")
    )
    verb = "can" if verb.startswith("can") else verb
    if verb in ("has", "have") and not re.match(r"been\b|\w+ed\b", rest, re.IGNORECASE):
        verb, rest = ("does" if verb == "has" else "do"), f"have {rest}"
    return Put(f"{_capital(verb)} {stated['subject']} {rest}?", words, lacks)


_NEVER = re.compile(r"^never\s+(?P<verb>[a-z]+)(?P<rest>\s.*?)?(?:\s+at\s+all)?$", re.IGNORECASE)
_NOTHING = re.compile(
    r"^(?:says?\s+(?:nothing|not\s+a\s+word)\s+(?:about|on)|(?:is|are)\s+silent\s+(?:on|about|as\s+to))\s+(?P<thing>.+?)(?:\s+at\s+all)?$",
    re.IGNORECASE,
)


def _of_verb(text: str) -> Put:
    if never := _NEVER.match(text):
        return Put(f"Does the agreement {never['verb']}{never['rest'] or ''}?", text, True)
    if nothing := _NOTHING.match(text):
        return Put(f"Does the agreement say anything about {nothing['thing']}?", text, True)
    text = re.sub(r"^can't\b", "cannot", text, flags=re.IGNORECASE)
    lacks = bool(re.search(r"^\w+(?:\s+not\b|n't\b)|^cannot\b", text, re.IGNORECASE))
    plain = re.sub(
        r"^(can)not\b",
        r"\1",
        re.sub(r"^(\w+?)(?:\s+not\b|n't\b)", r"\1", text, flags=re.IGNORECASE),
        flags=re.IGNORECASE,
    )
    first, _, others = plain.partition(" ")
    singular = {"are": "Is", "is": "Is", "were": "Was", "have": "Has", "do": "Does"}
    if first.lower() in _VERBS:
        return Put(f"{singular.get(first.lower(), first.capitalize())} the agreement {others}?", text, lacks)
    base = re.sub(r"(?<=[a-z]{3})(?<!s)s$", "", first) if first.endswith("s") else first
    return Put(f"Does the agreement {base} {others}".rstrip() + "?", text, lacks)


#: Where a second thing is said of the same documents: "renew automatically and expire before 2026".
_TWO = re.compile(
    r"\s*,?\s+(?P<and>and|but)\s+(?:(?:that|which|also|then|still)\s+)*(?=(?:do(?:es)?(?:n't|\s+not)|have|has|are|is|were|was|aren't|isn't|"
    r"contain\w*|allow\w*|permit\w*|requir\w*|expir(?:e|es|ing)|lack\w*|mention\w*|renew\w*|auto-?renew\w*|can|cannot|can't|without|"
    r"governed|signed|subject\s+to|end(?:s|ing)?\s+(?:in|before|after))\b)",
    re.IGNORECASE,
)


def put_both(rest: str) -> Put | None:
    """The question whether both of two things are so of one document; None where only one is said."""
    said = _TWO.search(rest)
    if said is None or not re.search(r"\w", rest[: said.start()]):
        return None
    first, second = _asked(put(rest[: said.start()])), _asked(put(rest[said.end() :]))
    second = second[:1].lower() + second[1:].replace("the agreement", "it", 1)
    return Put(f"{first} {said['and'].lower()} {second}?", rest.strip().rstrip("?. "))


def _asked(one: Put) -> str:
    """A question without its mark, with its "not"."""
    asked = one.each.rstrip("?")
    return asked.replace("the agreement", "the agreement not", 1) if one.lacks else asked


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
