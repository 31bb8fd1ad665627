"""Other words for questions of a whole matter, as rules over one sentence; `over_all` uses them."""

from __future__ import annotations

import re
from collections.abc import Callable

from consolidation.asking.clause_names import of_name
from consolidation.asking.document_words import DOC, DOCS
from consolidation.asking.of_kinds import of_kind_asked

_THESE = rf"(?:of\s+)?(?:(?:all|any)\s+(?:of\s+)?)?(?:these|them|those|this|the\s+(?:{DOC}s|lot|set|bunch|pile))(?:\s+{DOC}s)?"
IN_HERE = re.compile(
    rf"\s*,?\s*\b(?:in|among|across|within)\s+(?:here|there|(?:this|the|our|all(?:\s+(?:of\s+)?(?:this|these|them))?|these|those)\s*(?:whole\s+|entire\s+)?"
    rf"(?:set|matter|data\s*room|portfolio|folder|files?|batch|lot|pile|collection|{DOC}s)?)(?=\s*(?:[?.!,]|$|[-–—]\s|(?:have|has|are|aren['’]?t|is|isn['’]?t|were|do|don['’]?t|does|doesn['’]?t|we|that|with)\b))"
    r"|\s*,?\s*\b(?:hiding\s+)?(?:some|any)where(?:\s+(?:in|among)\s+(?:these|here|them|there|this))?(?=\s*[?.!]*$)"
    r"|\s*,?\s+across\s+everything(?=\s*[?.!]*$)"
    r"|\s+hiding\s+in\s+(?:them|there)(?=\s*[?.!]*$)"
    r"|\s+(?:on\s+file|in\s+total|altogether|all\s+in\s+all|at\s+all|overall)(?=\s*[?.!]*$)",
    re.IGNORECASE,
)
#: What is asked last of those that were asked for anyway.
WHICH_TOO = re.compile(
    r"(?:\s*[,;:?!.–—-]+\s*(?:(?:and|&|or)\s+)?|\s+(?:and|&|or)\s+|\s+(?=which\s+ones|or\b|whichever|pls|please|all\s+of\s+them))(?:if\s+so,?\s+)?(?:(?:please|just|pls)\s+)?(?:"
    r"(?:in\s+|under\s+)?which(?:\s+(?:ones?|of\s+them|contracts?|agreements?|documents?|docs?|deals?))?(?:\s+(?:is|are)\s+(?:it|they|those|these|that))?"
    r"|whichever|(?:please\s+)?(?:list|name|show)\s+(?:them|which)|(?:and\s+)?(?:say|tell\s+me)\s+(?:what|which)(?:\s+\w+)?|and\s+what\s+kind"
    r"|(?:the\s+)?(?:amounts?|details|numbers|dates|names)(?:\s+(?:pls|please|too))?|or\s+not|or\s+what|or\s+(?:is|are)\s+(?:it|one|any|some)\s+[\w\s-]{3,30}?"
    r"|(?:give\s+me\s+)?everything|with\s+whom?|would\s+you|list\s+'?em|which\s+is\s+it"
    r"|(?:the\s+)?whole\s+lot|all\s+of\s+(?:them|it)|pls|please)\s*[?.!]*$",
    re.IGNORECASE,
)
#: What is said of documents by a verb of many.
_OF_MANY = (
    r"(?:have|has|are(?!\s+(?:we|you|they|there|the)\b)|were|do\s+not|don'?t|aren'?t|weren'?t|expire|renew|auto-?\s?renew\w*|contain|include|lack|allow|permit|require|mention|prohibit|"
    r"restrict|limit|cap|exclude|waive|provide|give|grant|let|go\s+to|can(?:not|'?t)?\s+be|can(?:not|'?t)?\s+(?:we|they|either|the|a|someone|somebody)|need|carry|impose|bar|ban|run|end|survive|"
    r"name|cover|say|set|pay|oblige|bind|use|send|make|put|hold|keep|got|signed(?=\s+(?:in|by|before|after|on|with)\b)|governed|under|with|without|where|never|provid\w+|started?|terminate|automatically|still|already|got|come|don't)"
)
_SAID = (
    r"(?:with|without|under|governed|that|which|where|signed|expiring|ending|renewing|lacking|containing|having|giving|allowing|requiring|"
    r"auto-?\s?renewing|subject\s+to|dated|from|due|mentioning|involving|covering|we\s+(?:can|may|must|have|are)|still|already|not)"
)
_NOT_THINGS = r"(?!(?:of|idea|chance|news|way|reason|questions?|thoughts?|help|luck|one|thing|body|where)\b)"
#: Whom contracts are with, by what they are.
_WHO = r"(?:supplier|vendor|customer|distributor|licensee|licensor|landlord|tenant|employee|executive|contractor|lender|borrower|reseller|counterpart(?:y|ie))"
Rule = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]


def _rule(pattern: str, instead: str | Callable[[re.Match[str]], str]) -> Rule:
    return re.compile(pattern, re.IGNORECASE), instead


_SAYS = re.compile(
    r"(?:are|is|have|has|do|does|can|may|must|were|was|allow|require|forbid|limit|expire|renew|end|run|last|let|give|say|need|pay)s?\b",
    re.IGNORECASE,
)


def _of_kind(match: re.Match[str]) -> str:
    kind = match["kind"].strip()
    law = re.search(r"\blaws?$", kind, re.IGNORECASE)
    if not law and (known := of_kind_asked(f"{kind} contracts")) and _SAYS.match(match["rest"]):
        return f"Which contracts are {known.noun} and {match['rest']}"
    said = f"are under {kind} and {match['rest']}" if law else f"{match['rest']}"
    return f"Which {'contracts' if law else f'{kind} contracts'} {said}"


def _possible(match: re.Match[str]) -> str:
    verb = match["verb"].lower()
    if re.search(r"^[A-Z]|\b(?:[Ww]hom|what|how|which|when)\b|,.*\bor\b", match["rest"]):
        return match[0]
    return (
        f"Which contracts let somebody {match['rest']}"
        if verb != "must"
        else f"Which contracts require somebody to {match['rest']}"
    )


def _by_clause(match: re.Match[str]) -> str:
    name = of_name(match["name"])
    return f"Which contracts have a {match['name']} clause" if name else match[0]


def of_many(verb: str) -> str:
    """A verb of one as one of many: "has" gives "have"."""
    known = {"has": "have", "is": "are", "was": "were", "does": "do", "carries": "carry"}
    return known.get(verb.lower(), verb[:-1] if verb.endswith("s") and not verb.endswith("ss") else verb)


#: What is said of documents before their name.
_ADJECTIVE = re.compile(
    r"^(?:non-?)?(?:exclusive|perpetual|mutual|evergreen|unsigned|expired|assignable|transferable|irrevocable)$",
    re.IGNORECASE,
)


def _of_adjective(match: re.Match[str]) -> str:
    kind = match["kind"].strip()
    if _ADJECTIVE.match(kind):
        return f"Which contracts are {kind} and {match['rest']}"
    return f"Which {kind} contracts {match['rest']}"


def _one_of(who: str) -> str:
    return re.sub(r"partie$", "party", who.lower())


def _thing_of_each(match: re.Match[str]) -> str:
    thing = match["thing"].strip()
    return f"What {'are' if re.search(r's$', thing) else 'is'} the {thing} in each contract"


_LEAVE = r"(?:get\s+out(?:\s+of)?|terminate|walk\s+(?:away|out)(?:\s+(?:from|of)\b)?|exit|leave|cancel|end)\b(?:\s+(?:them|it|early))*"
_DONE = (
    r"(?:limited|capped|excluded|waived|prohibited|restricted|allowed|permitted|required|mentioned|disclaimed|blacked\s+out|redacted|granted|"
    r"barred|forbidden|uncapped|unlimited|guaranteed|shared|ruled\s+out)"
)
RULES: tuple[Rule, ...] = (
    # "where there's a secrecy clause, how long does it go on"
    _rule(r"^(?:where(?:ver)?|if|when)\s+there(?:['’]s|\s+is|\s+are)\s+(?P<such>(?:an?|any)\s+[^,?]{3,50}?),\s*(?P<ask>(?:(?:for|by|to|at)\s+)?(?!which\s+(?:of|ones?|contracts?|deals?)\b|how\s+many\s+of\b)(?:how|what|who|when|which|where)\b[^?]+?)\s*\?*$", r"Of the contracts that have \g<such>: \g<ask>"),
    # a case, or how many there are, is said before which are asked for
    _rule(r"^(?P<case>(?:if|when|should)\s+[^,?]{4,60}),\s*(?P<ask>(?:which|do\s+any|are\s+any|how\s+many)\b[^?]+?)\s*\?*$", lambda found: f"{found['ask']} {found['case'][:1].lower()}{found['case'][1:]}"),
    _rule(rf"^(?:out\s+of|of|among)\s+(?:all\s+)?(?:the|these|those|our)(?:\s+(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|twenty))?(?:\s+{DOCS})?,\s*(?=how\s+many\b|which\b)", ""),
    _rule(r"^in\s+how\s+many(?:\s+of\s+(?:these|them|those))?\s+(?=(?:is|are|do|does|can|may|must|has|have|would|will)\b)", "In how many contracts "),
    _rule(r"^(?P<rest>(?:under|with|without|governed\s+by)\s+(?!(?:which|what|whose|how|each|every|the|this)\b)[^?]*\b(?:law|laws|clause|cap|indemnity|insurance|arbitration)\b[^?]*?)\s*\?*$", r"Which contracts are \g<rest>"),
    _rule(rf"^(?:of|among|out\s+of|from)\s+the\s+(?P<kind>[\w' -]{{3,40}}?)\s+{DOCS},?\s+which(?:\s+(?:ones?|of\s+(?:them|these|those)))?\s+(?P<rest>.+)$", _of_kind),
    _rule(rf"^(?:of|among|out\s+of)\s+(?:these|those|them|all\s+(?:these|those|of\s+(?:them|these)))(?:\s+{DOCS})?,?\s+(?=how\s+many\b|which\b)", ""),
    # "who has audit rights, and against whom"
    _rule(r"^who(?:\s+all)?\s+(?:has|have|holds?|enjoys?|owns?|gets?)\s+(?P<rest>(?:an?\s+|any\s+|the\s+)?(?:[\w'-]+\s+){0,4}?(?:rights?(?:\s+(?:of|to)\s+[\w\s-]{3,30}?)?|exclusivity|an?\s+option|a\s+veto))\s*(?:,?\s*and\s+(?:against|over|from|with|to)\s+(?:whom|who|what))?\s*\?*$", r"Which contracts give somebody \g<rest>"),
    _rule(r"^who(?:'s|\s+is)?\s+(?P<verb>can|may|must|gets\s+to|(?:is\s+)?(?:allowed|able|entitled)\s+to)\s+(?P<rest>(?!sign\b)[^?]{4,80}?)\s*\?*$", _possible),
    _rule(r"^(?:does|is|can|may|has)\s+any\s?(?:one|body)\s+(?:have|hold|got|get)\s+(?P<rest>.+)$", r"Do any contracts give somebody \g<rest>"),
    _rule(r"^(?:is\s+|was\s+)?any\s?(?:one|body)\s+(?:is\s+)?(?:allowed|able|entitled|free)\s+to\s+(?P<rest>.+)$", r"Do any contracts allow somebody to \g<rest>"),
    _rule(r"^(?:can|may)\s+any\s?(?:one|body)\s+(?P<rest>(?!(?:on|of|at|in|from|else|other|who|with)\b).+)$", r"Do any contracts allow somebody to \g<rest>"),
    _rule(r"^(?:does|do|did|has|have)\s+any\s?(?:one|body|thing)\s+(?:in\s+here\s+)?(?:mention(?:ed|s)?|refer(?:red|s)?\s+to)\s+(?P<rest>[^?]{2,80}?)\s*\?*$", r"Which contracts mention \g<rest>?"),
    _rule(r"^(?P<be>has|have|did|does|do)\s+any\s?(?:one|body)\s+(?P<rest>(?!(?:have|hold|got|get|know|else)\b)[a-z][^?]{4,80}?)\s*\?*$", lambda found: f"In which contracts {found['be'].lower()} anyone {found['rest']}"),
    _rule(r"^(?:do|does)\s+any\s?(?:one|body)\s+(?P<do>cap|limit|exclude|waive|restrict)\s+(?:their|its|his|the)?\s*(?P<rest>[a-z][^?]{3,60}?)\s*\?*$", r"Do any contracts \g<do> \g<rest>"),
    _rule(rf"^where\s+can\s+(?:we|they|you|somebody|someone|anyone|a\s+party|either\s+(?:side|party))\s+{_LEAVE}", "Which contracts can be terminated"),
    # "where is liability capped"
    _rule(rf"^where\s+(?P<be>is|are|was|were)\s+(?P<thing>(?!the\s+(?:place|venue|seat)\b)[^?,]{{3,60}}?)\s+(?P<done>{_DONE}(?:\s+(?:or|and)\s+{_DONE})*)\b(?!\s+to\b)(?P<rest>[^?]*)\?*$", r"In which contracts \g<be> \g<thing> \g<done>\g<rest>"),
    _rule(r"^where\s+are\s+we\s+(?P<rest>(?!(?:based|located|going|sued|suing|incorporated|registered|meeting|supposed|to)\b)[^?]{4,80}?)\s*\?*$", r"In which contracts are we \g<rest>"),
    _rule(r"^where\s+(?P<be>can|may|must|could|do)\s+(?P<who>we|they|either\s+(?:side|party)|the\s+other\s+(?:side|party))\s+(?P<rest>(?:terminate|cancel|end|assign|audit|raise|increase|sublicense|sublet|renew|extend|compete|indemnify|waive|carry|owe|pay)\b[^?]*?)\s*\?*$", r"In which contracts \g<be> \g<who> \g<rest>"),
    _rule(r"^(?P<thing>[\w' -]{4,60}?)\s*(?:\s[-–—]|[:,])\s*where(?:\s+do\s+they[^?]*|\s+are\s+they[^?]*)?\s*\?*$", r"Which contracts have \g<thing>"),
    # "any with a cap", "anything governed by foreign law"
    _rule(rf"^(?:(?:is|are)\s+(?:there\s+)?)?any(?:thing|\s+(?:one\s+)?{_THESE}|\s+ones?)?(?:\s+(?:in\s+)?here)?\s+(?P<rest>{_SAID}\b.+)$", r"Are there any contracts \g<rest>"),
    _rule(r"^(?:is|are)\s+there\s+(?:at\s+least\s+)?(?:ones?(?:\s+(?:contract|agreement|deal|document))?|something|anything)\s+(?P<rest>(?:that|which|with|without|where|under|in\s+which|governed)\b.+)$", r"Is there any contract \g<rest>"),
    _rule(rf"^are\s+there\s+(?:any\s+)?(?P<kind>(?:[\w-]+\s+){{0,2}}?){DOCS}\s+(?P<rest>(?:with|without|under|that|which|where)\b.+)$", r"Are there any \g<kind>contracts \g<rest>"),
    _rule(r"^(?:is|are)\s+there\s+(?P<thing>(?:an?|any|some)\s+[^?]{3,60}?)\s+(?:in|under)\s+(?:all|each|every\s+one)\s+of\s+(?:them|these|those)\b[^?]*\?*$", r"Do all the contracts have \g<thing>"),
    _rule(rf"^(?:is|are)\s+there\s+(?:(?P<article>an?|any|some)\s+)?(?P<thing>(?!(?:{DOC}s?|ones|one|any|an?|some|anything|something)\b|other\b)(?:(?!\b(?:that|which|who|between|if|when|in\s+the|or\s+(?:how|what|when|is|are|do|does))\b)[^?]){{3,70}})\?*$", lambda found: f"Do any contracts have {(found['article'] or '').lower()} {found['thing']}".replace("  ", " ")),
    _rule(rf"^any\s+(?P<thing>{_NOT_THINGS}(?!{DOC}s?\b)(?:(?!\b(?:is|are|was|were|can|may|must|does|do|has|have)\b)[^?]){{3,70}})\?*$", r"Do any contracts have any \g<thing>"),
    _rule(rf"^any\s+{DOC}\s+(?P<rest>(?!of\b)[^?]+)\?*$", r"Which contracts are \g<rest>"),
    _rule(rf"^(?:do|does|can|could|might|would)\s+any(?:thing|\s+of\s+(?:these|those)(?:\s+{DOCS})?)(?:\s+(?:in\s+)?here)?\s+(?P<rest>[a-z][^?]{{4,}})\?*$", r"Do any contracts \g<rest>"),
    _rule(r"^(?:can|could|may|might)\s+any\s+of\s+them\s+(?P<rest>[a-z][^?]{4,})\?*$", r"Do any contracts let them \g<rest>"),
    _rule(rf"^any\s+of\s+the\s+{DOCS}\s+(?P<rest>[a-z][^?]+)\?*$", r"Do any of the contracts \g<rest>"),
    _rule(rf"^(?:do\s+any\s+of\s+the|which(?:\s+of\s+(?:the|our))?)\s+(?P<who>{_WHO})s\s+(?P<verb>must|can|may|has\s+to|have\s+to)\s+(?P<rest>(?!not\b)[^?]+?)\s*\?*$", lambda found: f"In which contracts {found['verb']} the {_one_of(found['who'])} {found['rest']}"),
    _rule(rf"^(?:do\s+any\s+of\s+the|which(?:\s+of\s+(?:the|our))?)\s+(?P<who>{_WHO})s\s+(?P<rest>(?!(?:do|don't|does|are|is|have|has|were|which|that|who|with|in|on)\b)[a-z][^?]+?)\s*\?*$", lambda found: f"In which contracts does the {_one_of(found['who'])} {found['rest']}"),
    _rule(rf"\b(?P<in>under|in|by|for)\s+(?:all|each|every\s+one)\s+of\s+(?:these|them|those)(?:\s+{DOCS})?(?=\s*\?*$)", r"\g<in> each contract"),
    _rule(r"^do\s+we\s+(?:ever|anywhere)\s+(?P<rest>.+)$", r"In which contracts do we \g<rest>"),
    # "are all of them exclusive", "none of these are exclusive, right"
    _rule(rf"^(?P<be>are|is|do|does|can|have|has|were|may|must)\s+(?:all|every\s+one|each)\s+(?:of\s+)?(?:these|them|those)(?:\s+{DOCS})?\s+(?P<rest>.+)$", r"\g<be> all the contracts \g<rest>"),
    _rule(r"^(?P<be>are|do|have)\s+they\s+all\s+(?P<rest>.+)$", r"\g<be> all the contracts \g<rest>"),
    _rule(r"^(?:has|is|was)\s+everything\s+(?P<rest>.+)$", r"Have all the contracts \g<rest>"),
    _rule(rf"^none\s+of\s+(?:these|them|those|the)(?:\s+{DOCS})?\s+(?P<be>are|have|do|can|is|has|does)\s+(?P<rest>[^?]+?)(?:,\s*(?:right|correct|true))?\s*\?*$", r"\g<be> none of the contracts \g<rest>"),
    _rule(rf"^are\s+most\s+of\s+(?:these|them|those|the)(?:\s+{DOCS})?\s+(?P<rest>.+)$", r"How many contracts are \g<rest>"),
    _rule(rf"^(?:roughly|about)?\s*what\s+(?:share|fraction|percentage|proportion|part|number)(?:\s+of\s+(?:these|them|those|the))?(?:\s+{DOCS})?\s+(?P<rest>{_OF_MANY}\b.+)$", r"How many contracts \g<rest>"),
    _rule(rf"^how\s+many(?:\s+of\s+(?:these|them|those))?\s+(?P<rest>{_OF_MANY}\b.+)$", r"How many contracts \g<rest>"),
    # "which ones go to arbitration", "the ones with a cap", "those under Texas law"
    _rule(r"^which\s+one\s+(?=(?:has|is|was|expires|ends|renews|runs)\b)", "Which contract "),
    _rule(r"^what(?:'s|\s+is|\s+has)?\s+(?:already\s+)?(?:dead|expired|over|lapsed|run\s+out|gone)\s*(?:already)?\s*\?*$", "Which contracts have already expired"),
    _rule(r"^what\s+(?:isn't|is\s+not|hasn't\s+been|has\s+not\s+been)\s+(?P<done>dated|signed|executed|initialled|countersigned)\s*[.?]*$", r"Which contracts are not \g<done>"),
    _rule(rf"^(?P<thing>(?!other\b|except\b|not\b)[\w/' -]{{4,60}}?)(?:\s+[-–—]|:)\s*(?:which\s+(?:ones?|{DOCS})\b(?:(?!\d|[$€£]|\b(?:more|less|over|under|above|below|no|not|never|without|except|only|and|or)\b)[^?]){{0,40}}|list\s+(?:'?em|them))\s*\?*$", r"Which contracts have \g<thing>"),
    _rule(rf"^{DOCS}\s+(?P<than>over|above|below|worth\s+(?:more|less)\s+than)\s+(?P<sum>[$€£]\s?\d[^?]*?)(?:\s+in\s+value)?\s*\?*$", r"Which contracts have a total value \g<than> \g<sum>"),
    _rule(r"(?<=contracts)\s+(?=(?:terminable|assignable|renewable|cancellable|transferable)\b)", " that are "),
    _rule(r"^(?:sort|find|work|figure)\s+out\s+(?=which\b)", ""),
    _rule(rf"^(?:i'm|i\s+am|we're|we\s+are)\s+(?:trying\s+to\s+find|looking\s+for|after)\s+(?=(?:the|all|any)\b|{DOCS}\b)", "Find "),
    _rule(r"^(?:(?:show|give|find|list|pull\s+up|get)(?:\s+me)?|i\s+(?:need|want))\s+(?:everything|anything|whatever)\s+(?:(?:that|which)\s+)?(?P<verb>[a-z]+)\b", lambda found: f"Which contracts {of_many(found['verb'])}"),
    _rule(rf"^(?:of|among)\s+(?:the\s+)?(?:{DOCS}|those)\s+(?:that|which)\s+(?P<such>[^,?]{{4,60}}),\s*which(?:\s+(?:ones?|of\s+them))?\s+(?P<rest>{_OF_MANY}\b[^?]+?)\s*\?*$", r"Which contracts \g<such> and \g<rest>"),
    _rule(r"^(?:filter|narrow)\s+(?:it\s+|them\s+|this\s+)?(?:down\s+)?to\s+(?:the\s+ones|those)\s+", "Which contracts "),
    _rule(rf"^in\s+which\s+(?:one|{DOC})\s+(?=(?:is|are|do|does|can|may|must|has|have|would|will|did)\b)", "In which contracts "),
    _rule(r"^in\s+which\s+of\s+(?:these|those|them)\s+(?=(?:is|are|do|does|can|may|must|has|have|would|will|did)\b)", "In which contracts "),
    _rule(r"^(?P<a>[\w-]+(?:\s[\w-]+)?)\s+but\s+(?:no|without)\s+(?P<b>[\w-]+(?:\s[\w-]+)?)\s*\?*$", r"Which contracts have a \g<a> but no \g<b>"),
    _rule(r"^which\s+(?:ones?|of\s+(?:these|them|those)(?:\s+(?:contracts|agreements|documents|deals))?)\s+(?P<rest>(?!(?:is|was|has|are|were)\s+(?:the|these|those|they|it)\b)[a-z][^?]+)\?*$", r"Which contracts \g<rest>"),
    _rule(rf"^which\s+(?P<rest>(?!(?:are|were|set|run|end)\b|\w+\s+(?:is|are|was|were|has|lasts?|runs?)\b){_OF_MANY}\s+(?!(?:the|these|those)\s+(?:contracts|documents)\b)[^?]{{6,}}?)\s*\?*$", r"Which contracts \g<rest>?"),
    _rule(rf"^(?:(?:show|give|list|find|pull|get|flag|name)(?:\s+(?:me|us|up|out))?\s+)?(?:all\s+)?(?:the\s+ones?|those|all)\s+(?P<rest>{_SAID}\b.+)$", r"Which contracts \g<rest>"),
    _rule(rf"^(?:pull|pick|dig|flag|highlight|surface|collect|gather|extract)(?:\s+(?:me|us|up|out))?\s+(?:the\s+|any\s+|all\s+(?:the\s+)?)?(?={DOCS}\b)", "Which "),
    _rule(rf"^(?:pull|pick|dig|flag|highlight|surface|collect|gather|extract)(?:\s+(?:me|us|up|out))?\s+(?=(?:all|every|each|any|the)\b(?:\s+[\w-]+){{0,3}}?\s+(?:{DOCS}|{DOC})\b)", "List "),
    _rule(rf"^(?P<kind>(?:(?!(?:which|what|how|many|list|show|give|find|get|need|tell|name|me|us|i|we|\d+|two|three|four|five|six|ten|top|all|every|each|any|the|compare|sort|rank|these|those|our|do|does|is|are|in|under)\b)[\w-]+\s+){{1,2}}){DOCS}\s+(?P<rest>{_SAID}\b.+)$", _of_adjective),
    _rule(rf"^(?P<name>[\w-]+(?:\s+[\w-]+)?)\s+{DOCS}\s*\?*$", _by_clause),
    _rule(r"^how\s+many\s+(?:(?:different|distinct|separate)\s+)?(?:counterparties|parties|companies)\b[^?]*\?*$", "Who are the parties to each contract?"),
    _rule(r"^how\s+many\s+(?:(?:different|distinct|separate)\s+)?(?:jurisdictions|governing\s+laws|laws)\b[^?]*\?*$", "What is the governing law of each contract?"),
    # what may be done with them is said of them
    _rule(rf"(?<=contracts)\s+(?:that\s+)?(?:can|may|could)\s+(?:we|they|you|i|either\s+(?:side|party)|(?:a|one|any)\s+party|somebody|someone)\s+{_LEAVE}", " can be terminated"),
    _rule(r"^(?:in|under)\s+which\s+contracts\s+can\s+be\b", "Which contracts can be"),
    _rule(rf"^which\s+{DOCS}\s+can\s+(?:we|they|you|i|(?:either|one|the\s+other|each)\s+(?:side|party)|(?:an?|one|any)\s+(?:side|party)|somebody|someone)\s+(?:assign|transfer|hand\s+over|novate)\b", "Which contracts can be assigned"),
    _rule(rf"^which\s+(?P<of>(?:[\w-]+\s+)?{DOCS}|ones?|of\s+(?:them|these|those))\s+(?:say|state|specify|tell|name|fix|set|mention)\s+(?:what|which|whose)\s+(?:\w+(?:'s)?\s+)?law\s+(?:governs?|applies|controls?)(?:\s+(?:them|it|the\s+{DOC}))?\s*\?*$", r"Which \g<of> have a governing law clause"),
    _rule(rf"(?<=contracts)\s+(?:that\s+)?(?:we|they|either\s+(?:side|party)|(?:a|one|any)\s+party)\s+(?:can|may|could)\s+{_LEAVE}", " that can be terminated"),
    _rule(rf"\band\s+(?:can|may)\s+(?:we|they|either\s+(?:side|party)|(?:a|one|any)\s+party)\s+{_LEAVE}", "and can be terminated"),
    _rule(r"^(?P<which>which\s+(?:[\w-]+\s+){0,2}?contracts)\s+(?:that|which)\s+(?=(?:are|were|have|has|do|don't|can|can't|cannot|may|must|will|[a-z]+s?)\b)", r"\g<which> "),
    # tables
    _rule(rf"\beach\s+(?:one(?!-)|of\s+(?:them|these|those)(?:\s+{DOCS})?)\b", "each contract"),
    _rule(rf"^(?:set|spell|lay)\s+out,?\s+(?:{DOC}\s+by\s+{DOC}),?\s+(?P<rest>.+)$", r"For each contract, \g<rest>"),
    _rule(r"^compare\s+(?:the\s+)?(?P<thing>[\w' -]{4,50}?)\s*\?*$", r"What does each contract say about \g<thing>"),
    _rule(r"^(?:list|name|give\s+me|show(?:\s+me)?)\s+(?:every|all|each)\s+(?:the\s+)?(?:person|people|persons|signator(?:y|ies)|individuals?)\b[^?]*\bsign\w*\b[^?]*$", "Who signed each contract"),
    _rule(rf"^(?:pull|list|show|give|extract|get|find|collect)(?:\s+(?:me|us|out|up))?\s+(?:all|every)\s+(?:the\s+|of\s+the\s+)?(?P<thing>(?:(?!\b(?:{DOC}s?|that|which|who|is|are|with|where|deadlines?|clauses?|places|across|each|part(?:y|ies)|counterparties)\b)[^?,.]){{4,60}})\s*[.?]*$", _thing_of_each),
    _rule(rf"^(?:(?:make|draw\s+up|build|give\s+me|create|i\s+need|need|i'd\s+like|i\s+want)\s+)?(?:an?\s+)?(?:table|overview|list|summary\s+table|spreadsheet|matrix|grid)(?:\s+(?:of|with|for)\s+(?:all\s+)?(?:(?:the|these|our)\s+)?(?:{DOCS}))?\s*[:–—-]\s*(?=\S)", ""),
    _rule(rf"^(?P<thing>(?!(?:what|which|who|how|when|where|is|are|do|does|can|may|must|will)\b)[^?,:]{{4,80}}?(?<!licence)(?<!contract)(?<!agreement)(?<!lease)),?\s+(?:side\s+by\s+side|(?:by|per)\s+(?:{DOC}|supplier|vendor|customer|counterparty)|everywhere|one\s+by\s+one|across\s+the\s+board)\s*\?*$", r"\g<thing> for each contract"),
    _rule(rf"^(?:an?\s+)?(?:table|list|overview)\s+(?:with|of)\s+(?:the\s+)?(?P<thing>[^?:]{{4,80}}?)\s+for\s+each\s+(?P<doc>{DOC})\s*$", r"\g<thing> for each \g<doc>"),
    _rule(r"\s+for\s+the\s+(?:lot|bunch|whole\s+(?:lot|set))(?=\s*\?*$)", " for each contract"),
    _rule(r"^(?:every|all|each)\s+(?:the\s+)?(?:jurisdictions?|governing\s+laws?)\b(?:[^?]*\blaw\b)?[^?]{0,20}\??$", "What is the governing law of each contract"),
    _rule(r"^who\s+are\s+(?:all\s+)?the\s+(?:people|persons|signatories)\b[^?]*(?:\bsign\w*[^?]*)?\??$", "Who signed each contract"),
    _rule(r"^who\s+signed\s+what(?:,?\s+and\s+in\s+what\s+capacity)?\s*\?*$", "Who signed each contract?"),
    _rule(r"^(?:list|show|give\s+me|name|who\s+are)\s+(?:all\s+)?(?:of\s+)?(?:the\s+)?(?:parties|counterparties)(?:\s+involved)?\s*[?.]*$", "Who are the parties to each contract?"),
)  # fmt: skip
MORE_ASKED = re.compile(
    r"\s*[,;?]?\s+(?:and|&)\s+(?:(?:tell\s+(?:me|us)|say|show(?:\s+me)?|give)\s+)?(?=(?:(?:by|in|on|at|for|from|until|under|with|to|within|against)\s+)?(?:what|how|when|who|whom|where|which(?!\s+(?:have|has|are|is|do|does|can|of|ones?)\b)|until\s+when)\b)"
    r"|\s*[?;]\s*(?=(?:(?:by|in|on|at|for|from|until|under|with|to|within)\s+)?(?:what|how|when|who|whom|where|until\s+when)\b)"
    r"|\s*[,;?]?\s+(?:and\s+)?(?P<so>if\s+(?:so|yes))\s*,?\s+(?=\w)",
    re.IGNORECASE,
)
#: A question of yes or no of those that are so, and whether any document is.
IF_SO = re.compile(r"(?:is|are|can|may|must|does|do|has|have|will|shall)\s", re.IGNORECASE)
ANY_IS = re.compile(
    rf"^(?:is|are)\s+any\s+(?:of\s+(?:the|these|our)\s+)?(?P<kind>(?:[\w-]+\s+){{0,2}}?)(?:{DOC}|{DOCS})\s+",
    re.IGNORECASE,
)
VERDICT = re.compile(
    r"(?:is|are|do|does|can|could|must|may|has|have|would|will|did)\s+(?!there\b|any\b)", re.IGNORECASE
)
LINKED = re.compile(
    r"(?:that|which|with|without|where|in|under|governed|signed|dated|expiring|ending|[a-z]+ing|subject|from|between|due|not|made)\b",
    re.IGNORECASE,
)
#: Whether something is so in any document: "are we bound to arbitrate anywhere?".
ANYWHERE = re.compile(
    r"^(?P<be>is|are|do|does|can|must|may|has|have|would|will|did)\s+(?P<rest>(?!(?:there|any|all|each|every)\b)[^?]{4,80}?)\s+"
    r"(?:anywhere(?:\s+in\s+[\w\s]{3,20})?|(?:in|under)\s+any\s+of\s+(?:these|them|those))\s*\?*$",
    re.IGNORECASE,
)
#: A second question about those that the first asks for: "which renew, and on how much notice".
AND_OF_THOSE = re.compile(
    r"^(?:and\s+|then\s+)?(?:(?:by|in|on|at|for|from|until|under|with|to|within)\s+)?(?:what|how|when|who|whom|where|until\s+when|why|which\s+\w+)\b",
    re.IGNORECASE,
)
FIRST = re.compile(
    rf"^(?P<lead>(?:in|under)\s+which\s+(?P<of>[\w-]+\s+){{0,2}}?{DOCS}|(?:which|what|how\s+many|list|show\s+me|find|name)\s+(?:(?:all|the|of|these|our)\s+)*(?P<kind>(?:[\w-]+\s+){{0,2}}?){DOCS}|(?:list|find|show\s+me|name)\s+(?:every|each|any)\s+{DOC})\s+(?P<such>.+?)\s*[?.,;]*$"
    rf"|^(?:do|are\s+there|is\s+there|have)\s+any\s+{DOC}s?\s+(?P<such2>.+?)\s*[?.,;]*$",
    re.IGNORECASE,
)
