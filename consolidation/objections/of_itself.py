"""Facts of a document itself, where a question asks for those of another thing: the law of a guaranty, of privacy."""

from __future__ import annotations

import re
from difflib import get_close_matches

from consolidation.asking.fields import AskedField
from consolidation.asking.understand import Understanding
from consolidation.briefs.fields import Type
from consolidation.passages.passages import Passages
from consolidation.text.windows import Range

#: What a document tells of itself.
_OWN: tuple[Type, ...] = (
    "title", "party", "agreement_date", "effective_date", "expiry", "term", "renewal_term", "notice_period",
    "governing_law", "forum",
)  # fmt: skip
#: Those that people ask for in few words: no party, whom they tell by what it does.
_TOLD_BY_WORDS = frozenset(("agreement_date", "effective_date", "expiry", "governing_law", "forum"))
_TIMES = frozenset(("term", "renewal_term", "notice_period"))
#: What has dates, parties, a law and an end of its own.
_THING = re.compile(
    r"\b(?P<thing>warrant(?:y|ies)|guarant(?:y|ies|ees?)|options?|letters?\s+of\s+credit|mergers?|acquisitions?|registration|prospectus|"
    r"offering|escrow|settlement|bankruptcy|security|purchase|credit|loans?|notes?|mortgages?|pledges?|trust(?:ees?)?|bonds?|"
    r"indentures?|premises|equipment|patents?|trademarks?|copyrights?|insurance|polic(?:y|ies)|financial\s+statements?|balance\s+sheets?|"
    r"permits?|projects?|unions?|collective|franchises?|leases?|subleases?|licen[cs]es?|employment|jobs?|severance|non-?\s?compet\w+|"
    r"confidential\w*|non-?\s?disclosure|secrecy|indemnit(?:y|ies)|exclusiv\w+|lock-?\s?up|standstill|prices?|rent|deliver(?:y|ies)|"
    r"shipments?|inspections?|audits?|vacations?|bonus(?:es)?|salar(?:y|ies)|shares?|stock|dividends?|tax(?:es)?|training)\b",
    re.IGNORECASE,
)
#: Such as are said in other words too; all of them by how they begin, without what stands between their letters.
_ALSO = {
    "loan": ("loan", "credit", "note", "facility", "advance", "lend"),
    "credit": ("loan", "credit", "note", "facility", "lend"),
    "job": ("employ", "engage", "service"),
    "employ": ("employ", "engage", "service"),
    "secrec": ("confiden", "disclos", "secre"),
    "confid": ("confiden", "disclos", "secre"),
    "price": ("price", "pricing", "fee", "charge"),
    "purcha": ("purchas", "sale", "sell"),
    "taxe": ("tax",),
    "polici": ("polic",),
    "salari": ("salar",),
    "truste": ("trust",),
}
_BEGIN, _BEGIN_OF_WORDS = 6, 12
#: Things that a sentence speaks of in some words, or says nothing of, wherever it stands: those that ask, and those.
_SPOKEN_OF = tuple(
    (re.compile(rf"\b(?:{asked})\b", re.IGNORECASE), re.compile(said, re.IGNORECASE))
    for asked, said in (
        (r"options?(?!\s+to\s+(?:renew|extend))", r"option|exercis|elect|purchas|\bright"),
        (r"lock-?\s?up", r"lock|transfer|\bs[eo]l[dl]|\bsale|dispos|pledge|standstill"),
        (r"closing\s+(?:date|day)|closing", r"clos|consummat|complet|settle"),
        (r"non-?\s?compet\w+", r"compet|rival|engag|associat|business|participat|service|employ"),
        (r"warrant(?:y|ies)", r"warrant|guarant|defect|free\s+(?:from|of)|conform|perform|replac|repair"),
        (r"letters?\s+of\s+credit|l/?cs?", r"letters?\s+of\s+credit|l/c|credit"),
        (r"royalt(?:y|ies)", r"royalt|%|percent|licen[cs]e\s+fee"),
        (r"insurance|insured", r"insur|cover|polic|liabilit"),
        (r"retainage|held\s+back", r"retain|withh|held|hold|reserv"),
        (r"severance", r"severance|terminat|separat|salary|leav|cash|lump|pay"),
        (r"escrow", r"escrow|deposit|h[oe]ld"),
        (r"guarant(?:y|ies|ees?)", r"guarant|suret|indebted"),
        (r"registration\s+statements?", r"registration|register|effective\s+under"),
        (r"mergers?", r"merg|acqui|consolidat|combin"),
        (r"sublease|sublet\w*", r"sublet|sublease|assign"),
        (r"security\s+deposit", r"deposit|security"),
    )
)
#: Laws of a matter of their own, and that one keeps to laws.
_LAW_OF = re.compile(
    r"\b(?P<kind>[a-z][a-z-]{2,})\s+(?:laws?|statutes?|regulations?|rules)\b(?!\s+firm)", re.IGNORECASE
)
_ANY_LAW = frozenset(
    "the what which whose governing applicable controlling state states country local proper chosen contract that "
    "this their its own law any substantive internal under and applies foreign national home general same one our "
    "prevailing underlying relevant choice".split()
)
_KEEPS = re.compile(r"\b(?:compl(?:y|ies|ying|iance)|obey\w*|observ\w+|adher\w+|abid\w+)\b", re.IGNORECASE)
#: Words in which people ask a document for its date, parties, law, name, length and end.
_PLAIN = frozenset(
    """
    a about action actions actual actually after afterwards again agree agreed agreement agreements ahead
    alive all amicably an and annually any anybody anyone anyway appear appears applicable applied applies
    apply arbitrate arbitrated arbitration arbitrator arbitrators are argue argued argues arguing argument
    arguments arise arises arising arrangement as aside assume assumes assuming at authority auto
    automatic automatically back be bear bears became because become becomes been before begin beginning
    begins begun being between billing binding body both bring brings brought but by calendar call called
    calls came can cancel cancellation cancelled cancels cannot carries carry case cases check choice
    choose chooses chosen cities city claim claims clause clauses come comes commence commenced
    commencement commences commencing companies company concluded confirm conflict conflicts construction
    construe construed construes continue contract contracting contracts control controlling controls
    could count counted counterparties counterparty countersigned counties counting countries country
    counts county couple court courthouse courts cover covers current currently date dated dates day days
    deadline deal dealing dealings decide decided decides decision did different disagree disagreement
    disagreements dispute disputes district do document documents does doesn domestic don done down each
    earliest early effect effective either end ended ending ends enforce enforceable enforced enforcement
    enter entered enters entire entities entity ever every exact exactly exclusive executed execution
    exhibit expect expected expiration expire expired expires expiring expiry extend extended extending
    extends extension extensions extra fall fallout falls far fight fights file filed files filing final
    find finish finishes first fixed follow follows for force foreign formal forum fought from full give
    given gives go goes going govern governed governing governs had handle handled handles happen happens
    has have he heading hear heard hearing hearings hears held hello her here hers hi him his hold home
    how however hows i if in initial initially inked interpret interpretation interpreted into involved is
    isn it its itself judge judged jurisdiction jurisdictions keep kick kicked kicks kind kindly know
    lapse lapses lapsing last lasts later latest law lawful laws lawsuit lawsuits lawyer lawyers leaked
    least leave leaving legal legally length lengthy like line lines litigate litigated litigation live
    long longest made make makes many matter maximum may maybe me mean mediated mediation mention
    mentioned mentions might minimum month months more most much must name named names nature necessary
    need needed needs neither never next no nobody non nor normally not notice notify now nowhere number
    object objects occur occurs of off officially ok okay on once one ones onward onwards opt or order
    original other others our ours out outside over own pair panel paper papers part parties party past
    people period periods person pick picked picks place places planned please pls possible possibly
    precisely presently primary proceeding proceedings prolong prolonged prolongs put quarrel quarreling
    quarrelling quarrels question questions read reading reads ready really region related relating renew
    renewal renewals renewed renewing renews required resolution resolve resolved resolves roll rolled
    rolling rollover rolls row rule rules run running runs said same say saying says schedule scheduled
    seat seated second see served set sets she short shortest should show side sides sign signatories
    signatory signed signing signs since sit sits sitting so sole some someone sooner sort sour speak
    specified specifies specify stand stands start started starting starts state stated states stay stays
    still stood stop stopped stopping stops stretch struck sue sued sues suing suit suits suppose supposed
    supposing take takes talk talked talking talks tell telling term terminate terminated terminates
    termination terms than thank thanks that the their theirs them themselves there these they thing this
    those three till time times title to today told took touch touches town tribunal trouble two type
    under until up us used usually valid validity venue want wants was way we well went were what whatever
    whats when whenever whens where which who whole whom whos whose why will wish with within without won
    word words would write writing written wrong year yearly years yes yet you your
    """.split()
)
#: What a court has done, or is to agree to.
_BEFORE_COURT = re.compile(
    r"\b(?:was|were|(?:has|have|had)\s+(?:been|already)|did)\b.*\b(?:filed?|approv\w+|decided?|heard|brought|settled?|dismiss\w*|sued?)\b|\bapprov\w+\b",
    re.IGNORECASE,
)
#: What people call the document itself by what it is about.
_OF_THIS = re.compile(r"\b[\w-]+(?=\s+(?:deals?|arrangement|contract)\b)", re.IGNORECASE)
#: Shorter words name no thing; how alike a slip is to what was meant.
_SHORTEST, _ALIKE = 4, 0.84
#: So much before an answer may say of what it is.
_NEAR = 300
#: So much at its beginning tells what a document is that has no title.
_BEGINNING = 600


def is_of_another_thing(
    asked: Understanding, fact: AskedField, passages: Passages, place: Range, sentence: str
) -> bool:
    """Whether a fact of the document itself is said at a place where that of another thing is asked for.

    So it may be where a question is taken for one of such a fact. It is of the thing where the document's title, its
    parties, a heading or the sentence name that; some things are spoken of in few words, wherever an answer stands.
    """
    question = asked.each
    near = f"{passages.heading(place[0])} {passages.text[max(0, place[0] - _NEAR) : place[0]]} {sentence}"
    if any(of.search(question) and not said.search(near) for of, said in _SPOKEN_OF):
        return True
    if asked.value == "law" and is_other_law(question, sentence):
        return True
    types = _own_types(fact, passages, place)
    if not types:
        return False
    if types == {"forum"} and _BEFORE_COURT.search(question):
        return True
    known = _letters(f"{own_names(passages)} {passages.heading(place[0])} {sentence}")
    return any(not _is_said(match["thing"], known) for match in _THING.finditer(question))


def is_of_nothing_there(asked: Understanding, fact: AskedField, passages: Passages, place: Range) -> bool:
    """Whether a fact of the document itself is said where a question names a thing of which its text has no word."""
    if asked.yes_no or not (fact in _TIMES or _own_types(fact, passages, place) & _TOLD_BY_WORDS):
        return False
    known, own = _letters(f"{passages.title} {passages.text}"), set(own_names(passages).lower().split())
    return any(
        len(word) >= _SHORTEST and word.islower() and not _is_said(word, known) and not _is_plain(word, own)
        for word in _words(_OF_THIS.sub(" ", asked.each))
    )


def asks_of_itself(asked: Understanding, passages: Passages, sentence: str) -> bool:
    """Whether a question for a fact of a document says but that, the document's names and what a sentence says."""
    known = _letters(f"{own_names(passages)} {sentence}")
    return all(word.lower() in _PLAIN or _begins(word) in known for word in _words(asked.each))


def _words(question: str) -> list[str]:
    return [re.sub(r"['\u2019].*", "", word) for word in re.findall(r"[A-Za-z][\w'\u2019]*", question)]


def _is_plain(word: str, names: set[str]) -> bool:
    """Whether a word is a plain one, or a slip for one or for one of some names."""
    return word in _PLAIN or bool(get_close_matches(word, _PLAIN | names, 1, _ALIKE))


def is_other_law(question: str, sentence: str) -> bool:
    """Whether a question is for the laws of a matter, or for those that are kept to, and a sentence for none."""
    said = sentence.lower()
    if _KEEPS.search(question) and not _KEEPS.search(sentence):
        return True
    kinds = (match["kind"] for match in _LAW_OF.finditer(question))
    return any(kind.islower() and kind not in _ANY_LAW and kind[:_BEGIN] not in said for kind in kinds)


def own_names(passages: Passages) -> str:
    """What a document calls itself and its parties; how it begins where it has no title."""
    parties = passages.brief.parties
    called = [named.name for party in parties for named in (*party.short_names, *party.roles)]
    names = [party.name.written for party in parties]
    return " ".join((passages.title or passages.text[:_BEGINNING], *names, *called))


def _own_types(fact: AskedField, passages: Passages, place: Range) -> set[str]:
    """The facts of the document itself that are said at a place, and that which a question is taken to ask for."""
    return {type_ for type_ in _OWN if _holds(passages, type_, place)} | ({fact} & {*_OWN})


def _holds(passages: Passages, type_: Type, place: Range) -> bool:
    fields = (one for found in passages.brief.all(type_) for one in (found, *found.alternatives))
    return any(low < place[1] and place[0] < high for one in fields for low, high in one.places)


def _is_said(thing: str, known: str) -> bool:
    begins = _begins(thing)
    return any(word in known for word in _ALSO.get(begins, (begins,)))


def _begins(words: str) -> str:
    """How a word begins, more of several; a thing in one form where it has two."""
    letters = _letters(words).replace("licenc", "licens")
    return letters[: _BEGIN_OF_WORDS if " " in words else _BEGIN].rstrip("s")


def _letters(words: str) -> str:
    return re.sub(r"[^a-z]", "", words.lower())
