"""Which kind of clause a question asks a document for: "is there an exclusivity clause", "does it require insurance".

Kinds are the categories of CUAD (Hendrycks et al., arXiv 2103.06268, table 1).
"""

from __future__ import annotations

import re

from consolidation.asking.understand import Understanding

#: A question about the document as a whole; what a named party may do is another question.
_WHOLE = re.compile(
    r"^(?:(?:is|are)\s+there\s+(?:an?\s+|any\s+)?|(?:does|do|has|is|are|can|could|may|was|will|would)\s+(?:(?:the|this|our|that)\s+)?"
    r"(?:\w+\s+)?(?:agreement|contract|deal|document|lease|licen[cs]e|nda|amendment|paper|it)\s+)(?P<thing>.+)$"
    r"|^(?:is|are)\s+(?P<whole>liability\s+(?:\w+\s+)?(?:capped|limited|uncapped|unlimited)(?:\s+(?:or|and)\s+\w+)?(?:\s+at\s+all)?)\s*\??$",
    re.IGNORECASE,
)
#: Longer questions ask for more than whether a clause is there.
_MOST_WORDS = 14
_SUPPOSED = re.compile(
    r"\b(?:if|when|unless|once|until|(?:and|but)\s+(?:is|does|was|has|can)\s+it|and\s+an?)\b", re.IGNORECASE
)
_IP = r"(?:intellectual|\bip\b|invention|patent|copyright|work\s+product|trademark)"
_STAFF = r"(?:employee|staff|personnel|worker)"
_CUES = (
    ("Competitive Restriction Exception", r"(?:exception|carve|exempt).{0,40}(?:compet|exclusiv)"),
    ("No-Solicit Of Customers", r"(?:solicit|poach).{0,40}(?:customer|client)|(?:customer|client).{0,20}(?:solicit|poach)"),
    ("No-Solicit Of Employees", rf"(?:solicit|poach|hir(?:e|ing)).{{0,40}}{_STAFF}|{_STAFF}.{{0,20}}(?:solicit|poach)|non-?solicit"),
    ("Non-Compete", r"compet(?:e\b|ing|ition|itor)"),
    ("Non-Disparagement", r"disparag"),
    ("Most Favored Nation", r"most[\s-]+favou?red|\bmfn\b|\bbest\s+(?:price|terms)"),
    ("Rofr/Rofo/Rofn", r"\bfirst\s+(?:refusal|offer|negotiation)|\brof[ron]\b|pre-?empti"),
    ("Covenant Not To Sue", r"not\s+to\s+(?:sue|contest|challenge)|no[\s-]+(?:contest|challenge)"),
    ("Third Party Beneficiary", r"third[\s-]+part(?:y|ies)['’]?\s+(?:benefici|right)|beneficiar"),
    ("Source Code Escrow", r"escrow"),
    ("Change Of Control", r"chang\w*\s+(?:of|in)\s+(?:control|ownership)|\b(?:merger(?!\s+(?:clause|provision))|takeover|acqui)"),
    ("Joint Ip Ownership", rf"joint(?:ly)?\b.{{0,40}}(?:own|{_IP})|co-?own"),
    ("Ip Ownership Assignment", rf"(?:assign|transfer|vest)\w*.{{0,40}}{_IP}|{_IP}.{{0,30}}(?:assign|transfer|vest)"),
    ("Affiliate License-Licensor", r"affiliat.{0,60}licensor|licensor.{0,60}affiliat"),
    ("Affiliate License-Licensee", r"affiliat.{0,60}licen|(?:sub)?licen.{0,60}affiliat"),
    ("Unlimited/All-You-Can-Eat-License", r"all[\s-]+you[\s-]+can[\s-]+eat|(?:unlimited|enterprise).{0,30}(?:licen|us(?:e|age)\b)"),
    ("Irrevocable Or Perpetual License", r"irrevocabl|perpetual"),
    ("Non-Transferable License", r"non-?\s?transferab|not\s+transferab"),
    ("Exclusivity", r"exclusiv"),
    ("License Grant", r"licen[cs]e"),
    ("Anti-Assignment", r"(?:anti|non)-?\s?assign|(?:restrict|prohibit|limit|forbid|bar|ban|consent|prevent).{0,40}(?:assign|transfer(?!\w*\s+of\s+(?:\w+\s+){0,2}(?:data|information|funds|money|risk|technology)\b))|assign\w*(?:(?!\bwithout\b).){0,30}(?:restrict|prohibit|limit|consent)"),
    ("Uncapped Liability", r"(?:uncapped|unlimited)\s+liab|liab\w*.{0,30}(?:uncapped|unlimited|without\s+limit)"),
    ("Cap On Liability", r"(?:cap|limit|ceiling|maximum)\w*.{0,30}liab|liab\w*.{0,20}(?:cap|limit|ceiling)"),
    ("Liquidated Damages", r"liquidated|(?:termination|break-?\s?up|cancellation)\s+fee|agreed\s+damages"),
    ("Termination For Convenience", r"convenience|without\s+(?:any\s+|an?\s+|giving\s+(?:any\s+|an?\s+)?)?(?:cause|reason)|at\s+will|for\s+(?:any|no)\s+reason|without\s+(?:the\s+)?other\s+(?:side|party)\s+(?:being\s+)?(?:in\s+default|at\s+fault)"),
    ("Post-Termination Services", r"post-?\s?termination|after\s+(?:\w+\s+){0,2}(?:terminat|expir|end)|wind(?:ing)?-?\s?down|transition|sell-?\s?off"),
    ("Audit Rights", r"\baudit|inspect.{0,30}(?:book|record)|(?:book|record).{0,20}inspect"),
    ("Revenue/Profit Sharing", r"(?:revenue|profit|income)s?[\s-]+(?:shar|split)|shar(?:e|es|ing)\s+(?:\w+\s+){0,2}(?:revenue|profit|income)|commission|royalt"),
    ("Volume Restriction", r"\bvolume|maximum\s+(?:quantit|usage)|(?:usage|quantity)\s+(?:cap|limit|restrict)"),
    ("Minimum Commitment", r"\bminimum(?!\s+(?:[\w-]+\s+){0,4}?(?:net\s+worth|ebitda|liquidity|ratio|capital|equity|cash\b|leverage|(?:debt|interest|charge|service)\s+coverage))|take[\s-]+or[\s-]+pay"),
    ("Price Restrictions", r"\bpric(?:e|es|ing)\b"),
    ("Warranty Duration", r"warrant(?:y|ies)\b"),
    ("Insurance", r"\binsur"),
    ("Renewal Term", r"\brenew"),
    ("Governing Law", r"govern\w*\s+law|choice\s+of\s+law|applicable\s+law"),
)  # fmt: skip
_COMPILED = tuple((kind, re.compile(cue, re.IGNORECASE)) for kind, cue in _CUES)


def clause_kind(asked: Understanding) -> str:
    """The kind of clause that a question asks for, as the tagger names it; empty where it asks something else."""
    denied = asked.doubt and not asked.turned  # its own "not" is still in it
    match = _WHOLE.match(asked.each.strip()) if asked.yes_no and not denied else None
    if match is None or len(asked.each.split()) > _MOST_WORDS or _SUPPOSED.search(asked.each):
        return ""
    return next((kind for kind, cue in _COMPILED if cue.search(match["thing"] or match["whole"])), "")
