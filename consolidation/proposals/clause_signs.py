"""What clauses are known by: the words of their headings, and sentences that only they have.

Each clause is named as in `consolidation.asking.clause_names`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sign:
    """How a clause is told: by a heading, by a sentence, and, where none of some `words` stands anywhere, that it
    is lacking.

    `denied` tells a sentence that there be none of it, whatever its heading says.
    """

    heading: re.Pattern[str]
    sentence: re.Pattern[str]
    words: re.Pattern[str]
    denied: re.Pattern[str] | None


_NOT = r"(?:not|no|never|nor|neither|without)"
_WILL = r"(?:shall|will|must|agrees?\s+to|undertakes?\s+to|covenants?\s+to|is\s+required\s+to|are\s+required\s+to|hereby)"
#: That something be done is denied; "not limited to" denies nothing.
_DENIES = r"\b(?:(?:shall|will|does|do|is|are|need)\s+not|no|neither)\b(?!\s+(?:limited|later|more|less))"
#: Words up to a few, none of which denies.
_UP_TO = rf"(?:(?!\b(?:{_NOT}|only\s+if)\b)[^.;]){{0,90}}?"
_ANY = r"[^.;]{0,120}?"
_LONG = r"[^.;]{0,250}?"
#: Words of arbitration itself: what another does behind a comma, or a court or arbitrator, is not of it.
_OWN = rf"(?:(?!\b(?:{_NOT}|only\s+if|party|court)\b)[^.;,]){{0,90}}?"
_OF_IT = rf"(?:(?!\b(?:{_NOT}|only\s+if|including|court\s+or|claims?\s+(?:for|in))\b)[^.;]){{0,90}}?"
_NEVER = r"(?!)"
_FEES = r"\b(?:(?:attorney|lawyer|counsel|solicitor|paralegal)\w*['\u2019]?s?['\u2019]?|legal)\s+(?:(?:and|or|&|paralegals?|costs|expenses|court)[\s,]+){0,3}(?:fees|costs|expenses)\b|\bfees\s+(?:and\s+\w+\s+)?of\s+(?:its\s+|their\s+)?(?:attorneys|counsel|lawyers)\b"
_WINNER = r"\b(?:(?:substantially[\s-]+|non-?|most\s+)?prevail(?:s|ed|ing)?|successful|winning|wins|unsuccessful|losing|loses|defaulting|non-?breaching)\b"
_DISPUTE = r"(?:disput|controvers|claim|differenc|disagreement|question|matter|determination)\w*"
_DECIDED = (
    r"(?:settle|resolve|determine|submit|submitted|refer|referred|decide|arbitrate|adjudicate|conclude)d?"
)
_SIGNS: dict[str, tuple[str, str, str, str]] = {
    "indemnity": (
        r"\b(?:indemni(?:ty|ties|fication)|hold\s+harmless)\b",
        rf"\b{_WILL}\b{_UP_TO}\b(?:indemnify|(?:hold|save)\b{_UP_TO}\bharmless)\b|\b(?:indemnifies|hold\s+harmless\s+and\s+indemnify)\b",
        r"indemni|harmless",
        rf"{_DENIES}[^.;,]{{0,60}}?\bindemni(?:fy|fication|ty)\b",
    ),
    "limitation of liability": (
        r"\b(?:limit(?:ation|s|ed)?|exclusion)\w*\s+(?:(?:of|on)\s+)?(?:\w+\s+)?(?:liabilit|damages)",
        rf"\bin\s+no\s+event\s+(?:shall|will)\b{_LONG}\b(?:be\s+)?(?:liable|responsible)\b|\bliability\b{_LONG}\b(?:shall|will|may)\s+(?:not\s+exceed|in\s+no\s+event\s+exceed|be\s+limited\s+to)\b"
        rf"|\b(?:shall|will)\s+not\s+be\s+liable\b{_LONG}\b(?:consequential|indirect|incidental|punitive|lost\s+profits)\b",
        r"liab|responsible\s+for|damages",
        "",
    ),
    "force majeure": (
        r"\bforce\s+majeure\b|\bacts?\s+of\s+god\b|\bexcus(?:ed|able)\s+(?:delay|performance)|\bcauses\s+beyond\b",
        rf"\b(?:delay|fail|unable|prevent|excuse|liable|default|perform|interrupt)\w*\b{_LONG}\b(?:force\s+majeure|acts?\s+of\s+god|beyond\s+(?:the|its|their|his|such\s+party's)\s+(?:\w+\s+){{0,2}}?control)\b"
        rf"|\b(?:force\s+majeure|acts?\s+of\s+god)\b{_LONG}\b(?:delay|fail|unable|prevent|excuse|liable|default|perform)\w*\b",
        r"majeure|acts?\s+of\s+god|beyond\b[^.;]{0,60}\bcontrol|unforeseen|unavoidable|strikes?\b|casualty|impossib",
        rf"\b{_NOT}\b[^.;]{{0,40}}\b(?:excused?|relieved?)\b",
    ),
    "confidentiality": (
        r"\b(?:confidential(?:ity)?|non-?\s?disclosure|secrecy)\b",
        rf"\b(?:shall|will|must|agrees?)\b{_ANY}\b(?:confidence|confidential|secret)\b{_LONG}\b(?:disclos|divulg|reveal|confiden|secre)|\b(?:shall|will|may|agrees?\s+(?:to|that\s+it\s+will))\s+not\b{_ANY}\b(?:disclose|divulge|reveal)\b"
        rf"|\b(?:shall|will|must|agrees?)\b{_UP_TO}\b(?:keep|kept|hold|held|maintain|maintained|treat|treated)\b{_UP_TO}\b(?:in\s+(?:\w+\s+)?confidence|confidential|secret)\b",
        r"confiden|\bsecre(?:t|cy)|divulg|non-?\s?disclos",
        rf"\b(?:no|not)\b{_ANY}\b(?:obligations?\s+of\s+confiden|duty\s+of\s+confiden|be\s+(?:deemed\s+|considered\s+|treated\s+as\s+)?confidential)",
    ),
    "entire agreement": (
        r"\b(?:entire|whole|complete)\s+(?:agreement|understanding|contract)|\bintegration\b|\bmerger\s+(?:clause|of\s+prior)|\bentirety\b|\bprior\s+agreements\b",
        r"\b(?:constitutes?|contains?|represents?|sets?\s+forth|embod(?:y|ies)|comprises?|is|are|forms?)\s+(?:\w+\s+){0,2}?(?:the\s+)?(?:entire|whole|full\s+and\s+(?:complete|entire)|complete|sole)(?:\s+(?:and|,)\s+\w+)?\s+(?:agreements?|understandings?|contract)\b"
        r"|\bsupersedes?\b[^.;]{0,60}\b(?:all|any)\b[^.;]{0,60}\b(?:agreements?|understandings?|negotiations?|representations?|communications?)\b",
        r"entire\s+(?:and\s+\w+\s+)?(?:agree|understand|contract)|whole\s+agreement|supersed|\bintegrat|prior\s+(?:oral\s+|written\s+)?(?:agreements|understandings)|complete\s+agreement",
        r"\b(?:not|nor)\b[^.;]{0,40}\b(?:entire|whole|complete)\s+(?:agreement|understanding)",
    ),
    "severability": (
        r"\b(?:severab|separab|sever(?:ance)?\s+of\s+provisions|partial\s+invalidity|invalidity|savings?\s+clause|validity\s+of\s+provisions)",
        r"\b(?:invalid|unenforceable|illegal|void)\w*\b[^.;]{0,300}?\b(?:remain|remaining|remainder|balance|other|rest)\b[^.;]{0,150}?\b(?:affect|impair|full\s+force|valid|enforce|continue|effect)",
        r"sever|separab|invalid|unenforceab|illegal",
        "",
    ),
    "waiver": (
        r"^(?:(?:no|non-?)\s*)?waivers?\b(?!\s+of\s+(?:jury|trial|subrog|claim|immun|sovereign|rights?\s+to|conflict))|\b(?:amendments?|modifications?|remedies|breach)\b[^.]{0,20}\bwaivers?\b",
        r"\b(?:no\s+(?:\w+\s+){0,3}?waivers?|(?:a|the|any)\s+waiver|failures?|delays?)\b[^.;]{0,200}?\b(?:shall|will)\s+(?:not\s+)?(?:be\s+)?(?:\w+\s+)?(?:operate|constitute|deemed|construed|considered|effective|valid|binding|waive|waiver)",
        r"waive", "",
    ),
    "assignment": (
        r"\b(?:assignment|assignability|assigns|transferability)\b(?!\s+(?:of|and\s+\w+\s+of)\s+(?:\w+\s+){0,2}?(?:invention|intellectual|ip|work|copyright|patent|trademark|mark|lease|rents|claims|personnel|receivables|proceeds))",
        rf"\b(?:may|shall|can|will)\b{_ANY}\bassign(?:ed|able)?\b{_ANY}\b(?:agreement|rights|obligations|interests?|duties|lease|contract|licen[cs]e)\b|\b(?:agreement|rights|lease|contract)\b{_ANY}\b(?:may|shall|can|is|are)\b{_ANY}\b(?:assigned|assignable)\b",
        r"assign", "",
    ),
    "governing law": (
        r"\b(?:governing|applicable|choice\s+of|controlling)\s+laws?\b",
        rf"\b(?:governed|construed|interpreted)\b{_ANY}\b(?:by|under|with)\b{_ANY}\blaws?\b",
        r"\blaws?\b", "",
    ),
    "arbitration": (
        r"\barbitrat",
        rf"\b(?:shall|will|must|may|to|agrees?)\b{_UP_TO}\b(?:settled|resolved|determined|submit(?:ted)?|referred|decided|arbitrated|resolve|arbitrate|settle)\b[^.;]{{0,100}}?\barbitrat"
        rf"|(?<!or )(?<!including )(?<!, )(?<!/)\barbitrat(?:ors?|ion)\b(?!\s*/){_OWN}\b(?:shall|will|must)\b|\b(?:shall|will|must)\b{_OF_IT}\barbitrat",
        r"arbitra", r"\b(?:not|no|neither|nor|never)\b(?!\s+limited)[^.;]{0,60}\barbitra",
    ),
    "mandatory arbitration": (
        _NEVER,
        rf"\b(?:shall|will|must|agrees?\s+to|(?:is|are)\s+(?:required\s+)?to)\b{_OF_IT}\b{_DECIDED}\b{_OF_IT}(?<!or )\barbitrat"
        rf"|\b(?:shall|will|must)\b{_OF_IT}\bbe\b{_OF_IT}\barbitrated\b"
        rf"|\b{_DISPUTE}\b[^.;]{{0,200}}?\b(?:through|by|to|in)\s+(?:final\s+|and\s+|mandatory\s+){{0,3}}binding\s+arbitration\b",
        r"arbitra",
        r"\b(?:not|no|neither|nor|never)\b(?!\s+limited)[^.;]{0,60}\barbitra|\b(?:may|option|elects?)\b[^.;]{0,120}(?<!binding )\barbitra|\bmutual\w*\s+(?:agree|consent)\w*\b[^.;]{0,120}\barbitra",
    ),
    "fees of the winner": (
        _NEVER,
        rf"{_WINNER}[^.;]{{0,300}}?(?:{_FEES})|(?:{_FEES})[^.;]{{0,200}}?{_WINNER}",
        rf"attorney|lawyer|paralegal|{_FEES}",
        r"\b(?:each|both|either)\s+part(?:y|ies)\s+(?:shall|will|must|to)\s+(?:\w+\s+){0,2}?(?:bear|pay)\s+(?:its|their)\s+own\b",
    ),
    "dispute resolution": (
        r"\b(?:dispute|disputes|arbitration|mediation)\b",
        rf"\b(?:disputes?|controvers(?:y|ies)|claims?)\b[^.;]{{0,200}}?\b(?:shall|will|must|agree\s+to)\b{_UP_TO}\b(?:settled|resolved|submitted|referred|arbitrat|mediat|negotiat|escalat)",
        r"disput|arbitra|mediat|controvers", r"\bno\s+(?:such\s+)?(?:dispute|claim|controversy)\b",
    ),
    "insurance": (
        r"\binsurance\b(?!\s+(?:licen|compan|subsidiar|regulat|premium|law))",
        rf"\b(?:shall|will|must|agrees?)\b{_UP_TO}\b(?:maintain|carry|obtain|procure|keep\s+in\s+(?:full\s+)?force|purchase|take\s+out)\b[^.;]{{0,120}}?\binsurance\b",
        r"insur", rf"{_DENIES}[^.;]{{0,60}}\binsur",
    ),
    "warranties": (
        r"(?<!disclaimer of )(?<!limitation of )(?<!exclusion of )(?<!no )(?<!limited )\bwarrant(?:y|ies)\b(?!\s+(?:disclaim|exclu))",
        r"\b(?:hereby\s+|also\s+|further\s+)?(?:represents?\s*(?:,|and)\s*(?:\w+\s*,?\s*(?:and\s+)?)?warrants?|(?:agrees?\s+and\s+)?warrants?\s+(?:to\s+\w+\s+)?that)\b",
        r"warrant", rf"\b{_NOT}\s+(?:\w+\s+){{0,3}}?(?:warrant|represent)",
    ),
    "warranty disclaimer": (
        r"\bdisclaim|\bno\s+(?:other\s+|implied\s+|further\s+)?warrant|\b(?:exclusion|limitation)\s+of\s+warrant",
        r"\bdisclaims?\b[^.;]{0,120}?\bwarrant|\b(?:makes?|gives?|provides?)\s+no\b[^.;]{0,80}?\bwarrant|\bno\s+(?:\w+\s+){0,2}?warrant(?:y|ies)\b[^.;]{0,120}?\b(?:express|implied)|\bwarrant(?:y|ies)\b[^.;]{0,160}?\bdisclaimed\b|\bin\s+lieu\s+of\s+(?:all|any)\b[^.;]{0,60}?\bwarrant",
        r"warrant|disclaim|as[\s-]is", "",
    ),
    "non-compete": (
        r"\bnon-?\s?compet|\bcovenants?\s+not\s+to\s+compete|\brestrictive\s+covenant|^competition\b|\brestrictions?\s+on\s+competition",
        r"\b(?:shall|will|may|agrees?\s+(?:to|that\s+\w+\s+(?:shall|will)))\s+not\b(?!\s+be\s+(?:a\s+violation|deemed|unreasonabl))[^.;]{0,160}?\b(?:compete|(?:engage|own|operate|participate|work|employed|render|carry)\b[^.;]{0,200}?\bcompet(?:e|es|ing|itor|itive)s?)\b",
        r"compet", "",
    ),
    "non-solicitation": (
        r"\bnon-?\s?solicit|\bno\s+solicitation|\bsolicitation\s+of\s+(?:employ|custom|staff)",
        r"\b(?:shall|will|may|agrees?\s+(?:to|that\s+\w+\s+(?:shall|will)))\s+not\b[^.;]{0,200}?\b(?:solicit|entice|induce)\b[^.;]{0,160}?\b(?:employ|customer|client|personnel|staff|consultant)|\bneither\b[^.;]{0,80}?\b(?:shall|will|may)\b[^.;]{0,80}?\bsolicit\b",
        r"solicit|entic|hire|poach", "",
    ),
    "audit": (
        r"\baudits?\b|\b(?:inspection|examination)\s+of\s+(?:books|records)|\bbooks\s+and\s+records\b",
        rf"\b(?:right\s+to|may|shall\s+be\s+(?:entitled|permitted|allowed)\s+to|entitled\s+to)\b{_UP_TO}\b(?:audit|inspect|examine)\b[^.;]{{0,120}}?\b(?:books|records|accounts)\b|\b(?:books|records)\b[^.;]{{0,160}}?\b(?:inspection|audit|examination)\b",
        r"audit|inspect|examin", rf"{_DENIES}[^.;]{{0,60}}\baudit",
    ),
    "notices": (
        r"^notices?$|^(?:notices?\s+and|notices?\s*[,;]|addresses?\s+for\s+notice)|\b(?:and|;|,)\s+notices?$|^(?:form|method|giving|delivery|service)\s+of\s+notices?$",
        r"\b(?:any|all|every|each)\b[^.;]{0,60}?\bnotices?\b[^.;]{0,160}?\b(?:shall|must|will|may|to)\s+be\s+(?:\w+\s+){0,2}?(?:in\s+writing|given|sent|delivered|deemed|addressed|made|mailed|served)",
        r"notice", "",
    ),
    "counterparts": (
        r"\bcounterparts?\b",
        r"\b(?:executed|signed)\b[^.;]{0,80}?\bcounterparts?\b",
        r"counterpart", "",
    ),
    "survival": (
        r"^survival\b|\bsurviv(?:al|ing)\s+(?:of|provisions|obligations|terms|clause)|\b(?:and|,|;)\s+survival\b",
        r"\b(?:shall|will)\s+survive\b[^.;]{0,80}?\b(?:terminat|expir|cancel)|\bsurvives?\s+(?:the\s+|any\s+)?(?:terminat|expir)",
        r"surviv", "",
    ),
    "termination for convenience": (
        r"\btermination\s+(?:for\s+convenience|without\s+cause|at\s+will|by\s+convenience)\b",
        rf"\b(?:may|right\s+to|option\s+to|entitled\s+to)\b{_UP_TO}\bterminate\b(?:(?!\b(?:not|unless|if|only)\b)[^.;]){{0,120}}?\b(?:for\s+(?:its\s+)?convenience|without\s+cause|for\s+any\s+reason|for\s+no\s+reason|at\s+will)\b",
        r"terminat|cancel", r"\b(?:not|no|neither)\b[^.;]{0,60}\bterminate",
    ),
    "amendment": (
        r"\b(?:amendments?|modifications?)\b(?!\s+(?:no|number|(?:to|of)\s+(?:the|section|article|exhibit|schedule|paragraph|definition|recital)s?)\b)|\boral\s+modification",
        r"\b(?:may|shall|can|will|be)\b[^.;]{0,80}?\b(?:amended|modified|changed|altered|supplemented)\b[^.;]{0,120}?\b(?:writing|written|signed|instrument)\b|\bno\s+(?:\w+\s+){0,4}?(?:amendment|modification|change|alteration)\b[^.;]{0,160}?\b(?:writing|written|signed)\b"
        r"|\b(?:amendments?|modifications?|changes)\b[^.;]{0,80}?\b(?:must|shall|will)\s+be\s+(?:made\s+)?(?:in\s+writing|written|signed)",
        r"amend|modif|alter", "",
    ),
    "independent contractors": (
        r"\bindependent\s+contractors?\b|\brelationship\s+(?:of|between)\b|\bno\s+(?:partnership|agency|joint\s+venture)\b",
        r"\b(?:is|are|be|as|of|remain)\s+(?:an?\s+)?independent\s+contractors?\b|\bnothing\b[^.;]{0,160}?\b(?:partnership|joint\s+venture|agency)\b",
        r"contractor|partnership|joint\s+ventur", r"\b(?:not|rather\s+than|instead\s+of)\b[^.;]{0,30}\bindependent\s+contractor",
    ),
    "jurisdiction": (
        r"\bjurisdiction\b|\bvenue\b|\bforum\b",
        r"\b(?:submits?|consents?)\b[^.;]{0,100}?\bto\b[^.;]{0,60}?\b(?:jurisdiction|venue)\b(?!\s+where)|\b(?:exclusive|personal|sole)\s+jurisdiction\b|\bcourts?\b[^.;]{0,80}?\bshall\s+have\b[^.;]{0,40}?\bjurisdiction\b"
        r"|\bvenue\b[^.;]{0,100}?\b(?:shall|will)\s+(?:be|lie)\b|\b(?:suit|action|proceeding|litigation)s?\b[^.;]{0,120}?\b(?:shall|will|must)\s+be\s+(?:brought|instituted|filed|commenced)\b[^.;]{0,60}?\bcourts?\b",
        r"jurisdiction|\bvenue|\bforum|courts?\s+(?:of|in|located|sitting)\b", "",
    ),
    "jury waiver": (
        r"\bjury\b", r"\bwaives?\b[^.;]{0,120}?\bjury\b", r"jury", "",
    ),
    "successors": (
        r"\bsuccessors\b|\bbinding\s+(?:effect|nature|agreement)\b|\bassigns\b",
        r"\b(?:inures?|binding)\b[^.;]{0,160}?\bsuccessors\b",
        r"successor|inure|binding", "",
    ),
    "publicity": (
        r"\bpublicity\b|\bpress\s+releases?\b|\bpublic\s+(?:announcements?|statements?)\b",
        r"\b(?:press\s+release|publicity|public\s+(?:announcement|statement))s?\b[^.;]{0,200}?\b(?:consent|approv|permission)",
        r"publicity|\bpress\b|public\s+(?:announce|statement)", "",
    ),
    "further assurances": (
        r"\bfurther\s+(?:assurances?|acts?|actions?|instruments)\b",
        r"\b(?:execute|do|perform|take)\b[^.;]{0,120}?\bfurther\s+(?:\w+\s+)?(?:acts?|things|documents|instruments|actions?|assurances?)\b",
        r"further|additional\s+(?:documents|instruments)", "",
    ),
    "time of the essence": (
        r"\btime\b[^.]{0,20}\bessence\b", r"\btime\s+(?:is|shall\s+be|being)\s+of\s+the\s+essence\b", r"essence", r"\bnot\s+of\s+the\s+essence",
    ),
    "injunctive relief": (
        r"\b(?:injunctive|equitable)\s+(?:relief|remed)|\bspecific\s+performance\b|\binjunctions?\b",
        rf"\b(?:entitled|right|may|shall)\b{_UP_TO}\b(?:injunct\w+|equitable\s+relief|specific\s+performance)\b",
        r"injunct|equitable|specific\s+performance|restrain", "",
    ),
    "non-disparagement": (
        r"\bdisparage", r"\b(?:not|neither|refrain)\b[^.;]{0,300}?\bdisparag", r"disparag|derogat|defam", "",
    ),
}  # fmt: skip


def _sign(heading: str, sentence: str, words: str, denied: str) -> Sign:
    flags = re.IGNORECASE
    return Sign(
        re.compile(heading, flags),
        re.compile(sentence, flags),
        re.compile(words, flags),
        re.compile(denied, flags) if denied else None,
    )


SIGNS = {name: _sign(*signs) for name, signs in _SIGNS.items()}
