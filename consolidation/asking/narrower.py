"""What a question asks for that is less than its subject, or the opposite of what its subject says."""

from __future__ import annotations

import re

from consolidation.asking.intents import Intent

#: By a subject, words that ask for the opposite of what documents then are asked: "moonlight" of full working time.
_OPPOSED = {
    "working_time": r"moonlight\w*|blessing|leave\s+to|outside\s+(?:jobs?|work|boards?|business)|other\s+(?:jobs?|boards?|compan\w+)|side\s+(?:jobs?|gigs?)|night\s+shifts?|sit\s+down|fixed\s+(?:number\s+of\s+)?hours",
    "late_interest": r"for\s+free|free\s+of|without\s+(?:interest|a\s+penalty|paying)|no\s+interest|grace",
    "expenses": r"own|themselves|himself|herself|eat",
    "headings": r"count|counts|serve|matter|matters|(?:have|has|with)\s+(?:no\s+)?effect|binding",
    "no_waiver": r"relied|relinquish\w*|counts?\s+as|cost\w*\s+us|lose",
    "liens": r"could|can|may|slap\w*|file|put\s+a\s+claim",
    "ip_ownership": r"kept|keeps?|retain\w*|stays?|remain\w*|their\s+own",
    "financial_statements": r"let\s+off|excus\w*|no\s+need|waiv\w*",
    "hazardous": r"allow\w*|may|let\s+\w+\s+keep|permit\w*|lets?|store|keep",
    "prepayment": r"call\s+protection|lock\w*|make-?whole|non-?call|101|102",
    "injunctive_relief": r"bond",
    "subcontracting": r"own\s+(?:\w+\s+)?(?:crew|people|staff|men|guys|team|hands)|themselves|himself",
    "termination_convenience": r"no\s+way\s+out|locked|stuck|can\s?not|can['’]?t",
    "parachute": r"cut\s?back|safe\s+harbou?r|409A?|gross\w*|made\s+whole|eat",
    "risk_of_loss": r"title|theirs?|owns?|owned|belongs?|until\s+(?:\w+\s+){0,3}paid|till\s+paid|FOB|chain",
    "confidentiality_period": r"indefinite\w*|forever|perpetual\w*|die|end\w*",
    "governing_law": r"same|mix|one\s+law|just|pick\s+the\s+actual|fight|fought",
    "termination_fee": r"without\s+paying|no\s+way|leave|bail|walk",
    "service_levels": r"fast\w*|quick\w*|reaction|response",
    "renewal": r"how\s+long\s+the\s+next|die|dies|laps\w+",
    "perpetual_licence": r"die|dies|ends?|expire\w*|with\s+the\s+subscription",
    "no_solicit_customers": r"may\s+(?:ring|call|contact)|can\s+(?:ring|call|contact)|free\s+to",
    "amended_agreement": r"replac\w+|supersed\w+",
    "effective_date": r"in\s+force|yet|still\s+open|live",
    "maturity": r"on\s+demand|extend\w*|extension|ext\s+option",
    "post_termination": r"remaining|unexpired|buy\s*-?back|buy\s+back",
    "sublicense": r"subcontract\w*|pass\s+(?:the\s+)?work|work\s+on",
    "reverse_engineering": r"allowed|may|lets?\s+us|can",
    "licence": r"own\w*",
    "loan_fees": r"points?|agen\w+|arrangement|over\s+\$?\d",
    "publicity": r"without\s+asking|freely|no\s+(?:need|permission)",
    "kind": r"letters?",
}  # fmt: skip
#: By a subject, words for one thing of it: "observer" of a board seat.
_ONE_OF = {
    "board_seat": r"observers?",
    "representations": r"authority|organi[sz]ation|data\s+room|true|accura\w+|fundamental|10b-?5",
    "insurance": r"E\s?&\s?O|errors|workers?['’]?\s+comp\w*|cyber|D\s?&\s?O|key[\s-]?m[ae]n|professional|umbrella|GL|CGL|malpractice|title|flood",
    "permits": r"occupancy|FDA|environmental|zoning|building\s+permits?",
    "position": r"vice|president|director|reassign\w*|reports?|reporting|duties|boards?|answers?\s+to|C[EFO]O|VP",
    "workplace": r"home|remote\w*|hybrid|wfh",
    "bonus": r"sign(?:ing)?(?:[\s-]on)?|retention|stay|discretionary|guaranteed",
    "forum": r"home|their\s+courts?|our\s+courts?|sue\s+us|exclusive|non-?exclusive",
    "precedence": r"drawings?|specs?|specifications|policy|slip|PO|purchase\s+orders?|long\s+forms?|boilerplate|schedule|order\s+form",
    "conditions_precedent": r"antitrust|HSR|chain\s+of\s+title|opinions?|title|financing|approvals?",
    "delivery": r"deemed|accept\w*|tests?|tested|testing|FOB|EXW|CIF|DDP",
    "force_majeure": r"rent",
    "default_events": r"accelerat\w*|by\s+themselves|automatic\w*|bankruptc\w+|insolven\w+|bk",
    "equity": r"vest\w*|accelerat\w*|speeds?\s+up|unvested|immediately|cliff",
    "taxes": r"VAT|GST|withh\w+|gross-?\s?ups?|on\s+top|sales\s+tax|customs|duties",
    "interest_rate": r"fixed|floating|variable|SOFR|LIBOR|floor|capped|PIK|step\w*",
    "territory": r"exclusive|worldwide|global\w*|border|everywhere|whole\s+world",
    "language": r"bilingual|translat\w+|two\s+languages",
    "compliance": r"HIPAA|GDPR|OSHA|FAA|HSE|BSEE|child|slavery|H&S|health|safety|labou?r|environment\w*|REACH|sanctions|antitrust",
    "data_protection": r"standard\s+contractual|SCCs?|GDPR|DPA|HIPAA|breach|CCPA|transfer\w*|annex",
    "change_orders": r"verbal\w*|oral\w*|own|just",
    "return_of_materials": r"certificate|shred\w*|destr\w+|laptops?|badges?|keys?|templates?",
    "death_disability": r"vest\w*|options?|bonus|family|estate|widow",
    "dividends": r"tax\s+distributions?|buy\s?-?\s?backs?|buy\s+back|repurchase\w*",
    "financial_covenants": r"liquidity|leverage|PFS|net\s+worth|EBITDA|interest\s+cover|DSCR|equity\s+cure",
    "counterparts": r"pdf|e-?sign\w*|electronic\w*|docusign|scan\w*|fax",
    "bonds": r"payment|completion|bid|maintenance",
    "notice_address": r"fax|cc|copy|copied|legal\s+dept|e-?mail",
    "repairs": r"roof|structur\w+|HVAC|car\s?park|lift|elevator",
    "drag_tag": r"drag\w*|tag\w*|piggy\w*|ROF\w+",
    "good_reason": r"pay\s+cut|relocat\w+|title|demot\w+|triggers?",
    "mac": r"carve\w*|pandemic\w*|except\w*",
    "indemnity": r"mutual|one-?sided|IP|third[\s-]party|tax|environmental",
    "amendment_in_writing": r"side\s+letters?|e-?mails?",
    "benefits": r"cars?|phone|club|pension|401k?",
    "records": r"\d+\s+years?",
    "support": r"24/?x?7|weekends?",
    "price_increase": r"CPI|inflation|index\w*|RPI",
    "background_checks": r"drug|credit|criminal|pee\w*|cup",
    "key_person": r"Mr\.?|Mrs\.?|Ms\.?|Dr\.?",
    "audit": r"twice|once|more\s+than",
    "parties": r"contracting\s+entity|everywhere",
    "release": r"before|first|deadline|within",
    "acceptance": r"deemed|silence|say\s+nothing|before\s+we\s+pay",
    "training": r"free",
    "reports": r"monthly|quarterly|weekly|annual\w*",
    "rent": r"free|holiday",
    "committee": r"quarterly|monthly|weekly|deadlock",
    "financial_statements": r"audited|unaudited|certified|monthly|quarterly|P&Ls?",
    "guarantee": r"parent|founders?|personal|PG",
    "earn_out": r"outstanding|running|unpaid",
    "hazardous": r"indemnit\w+|clean-?up",
    "notice_to_end": r"the\s+other\s+side",
}  # fmt: skip


#: For what somebody has to do so: "sign a release to get the severance".
_PURPOSE = re.compile(
    r"\b(?:in\s+order\s+)?to\s+(?:get|receive|collect|keep\s+getting|be\s+paid|earn|qualify\s+for|be\s+entitled\s+to)\s+[^?.,;]{3,60}",
    re.IGNORECASE,
)


def _patterns(words: dict[str, str]) -> dict[str, re.Pattern[str]]:
    return {name: re.compile(rf"\b(?:{said})(?!\w)", re.IGNORECASE) for name, said in words.items()}


_OPPOSED_PATTERNS, _ONE_OF_PATTERNS = _patterns(_OPPOSED), _patterns(_ONE_OF)


def is_opposed(intent: Intent) -> bool:
    """Whether a question asks for what its subject would say the opposite of, or for a neighbour of it."""
    pattern = _OPPOSED_PATTERNS.get(intent.subject)
    return bool(
        pattern
        and pattern.search(intent.question.replace(intent.asked, " ") if intent.asked else intent.question)
    )


def narrower(intent: Intent, said: str) -> tuple[str, ...]:
    """Words of a question that name one thing of its subject alone, or say what for, and are not said."""
    pattern = _ONE_OF_PATTERNS.get(intent.subject)
    question = intent.question.replace(intent.asked, " ") if intent.asked else intent.question
    found = [match[0] for match in pattern.finditer(question)] if pattern else []
    found += [match[0].strip() for match in _PURPOSE.finditer(question)]
    return tuple(dict.fromkeys(one for one in found if one.lower() not in said.lower()))
