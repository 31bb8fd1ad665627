"""Words by which contracts and questions tell who does something: verbs, prepositions, possessives.

A party stands in them as a run of one character of its own, of those that Unicode leaves to private use.
"""

from __future__ import annotations

import re

#: A party, as `_masked` writes one.
PARTY = "(?<![\ue000-\uf8ff])[\ue000-\uf8ff]++"
EVERYBODY = re.compile(
    r"\b(?:each|either|both|neither|any)\s+(?:of\s+)?(?:the\s+|such\s+)?part(?:y|ies)\b(?:\s+hereto)?"
    r"|\bthe\s+(?:two\s+)?parties\b(?:\s+hereto)?|\bparties\s+(?=shall|will|may|agree)|\b(?:each|both|either)\s+(?=shall|will|may)"
    r"|\b(?:both|each\s+side|both\s+sides|either\s+side|one\s+another|each\s+other)\b",
    re.IGNORECASE,
)
PRONOUN = re.compile(
    r"\b(?:it|they|them|he|she|him|(?:[\w-]+\s+)?party|the\s+(?:former|latter|other))\b", re.IGNORECASE
)
GROUP = rf"(?>{PARTY}(?:\s*,\s*(?:the\s+)?{PARTY})*(?:\s*,?\s*(?:and/or|and|or|nor|&)\s+(?:the\s+)?{PARTY})*)"
#: Whoever belongs to a party acts with it.
AND_ITS = r"(?:\s*,?\s+(?:and/or|and|or|nor|,)\s+(?:each\s+of\s+|any\s+of\s+)?(?:its|their|his|her|any|the)\s+(?:[\w,/-]+\s+){0,6}?[\w-]+)?"
ASIDE = (
    r"(?:\s*\([^()]{0,120}\))?(?:\s*,[^,;.]{1,120},)?"
    r"(?:\s+(?:(?!only\s+if)[a-z]+ly|hereby|also|further|then|each|both|all|thereafter|alone|itself|always|still|ever|never|"
    r"in\s+turn|at\s+all\s+times|at\s+any\s+time))*"
)
AUXILIARY = (
    r"(?:shall|will|may|must|can|cannot|could|should|would|might|is|are|was|were|has|have|had|does|do|did)"
)
VERBS = (
    r"(?:agree|warrant|represent|acknowledge|covenant|grant|retain|own|desire|want|reserve|appoint|engage|license|provide|pay|receive|get|owe|bear|keep|hold|"
    r"give|make|sell|assume|accept|waive|release|fail|elect|choose|decline|default|breach|terminate|request|require|ask|need|recognize|consent|authorize|allow|"
    r"permit|cease|intend|understand|determine|discover|become|use|assign|transfer|deliver|supply|employ|hire|commit|remain|"
    r"continue|cover|indemnify|exercise|end|confirm|certif(?:y|ie)|undertake|wishe?|discharge|purchase|buy|know|manufacture|offer|propose|submit|give|"
    r"advise|notif(?:y|ie)|respond|inform|return|refund|maintain|furnish|perform|conduct|obtain|procure|promote)"
)
FINITE = rf"(?:{AUXILIARY}|{VERBS}s?|agreed|granted|appointed|retained|developed|created|engaged|warranted|recommended)\b"
BARE = r"(?<!by )(?<!to )(?<!from )(?<!with )(?<!for )(?<!against )(?<!upon )(?<!between )(?<!of )(?<!by the )(?<!to the )(?<!from the )(?<!of the )(?<!with the )(?<!for the )(?<!against the )(?<!upon the )"
SUBJECT = re.compile(
    rf"{BARE}(?P<who>{GROUP})(?:{AND_ITS}{ASIDE}\s+(?={AUXILIARY}\b)|{ASIDE}\s+)(?P<verb>{FINITE})",
    re.IGNORECASE,
)
ASKED_SUBJECT = re.compile(
    rf"^(?:[^?]{{0,200}}?[,;:]\s+|(?:and|but|so|then|or)\s+|(?:[\w\ue000-\uf8ff'-]+\s+){{0,8}}?)??(?P<verb>{AUXILIARY})(?:n['\u2019]t)?\s+(?:the\s+|it\s+(?:true\s+that\s+)?)?"
    rf"(?:the\s+)?(?P<who>{GROUP}){AND_ITS}{ASIDE}(?=\s+[a-z]|\s*\?)",
    re.IGNORECASE,
)
BY = re.compile(
    rf"(?P<word>[\w\ue000-\uf8ff()-]+)\s+(?:(?:solely|exclusively|only|either|both|either\s+of)\s+)?by\s+(?:the\s+|either\s+)?(?P<who>{GROUP})(?!['\u2019])",
    re.IGNORECASE,
)
#: "The responsibility of Acme", "at Acme's cost", "owned by", "vests in": who bears or has it.
HAS = re.compile(
    rf"\b(?:propert(?:y|ies)|responsibilit(?:y|ies)|obligations?|duty|duties|rights?|option|discretion|failure|refusal|inability|expense|cost|risk|consent|approval|permission|breach|default|judg[e]?ment|election|request)"
    rf"\s+of\s+(?:the\s+)?(?P<who>{GROUP})(?!['\u2019])"
    rf"|\b(?:belong\w*|vest\w*|pass(?:es)?|remain\w*|incumbent|lies?|rests?|falls?|fall)\s+(?:\w+ly\s+)?(?:to|in|with|on|upon)\s+(?:the\s+)?(?P<vests>{GROUP})(?!['\u2019])"
    rf"|(?P<own>{GROUP})['\u2019]s?\s+(?:\w+\s+){{0,3}}?(?:propert(?:y|ies)|responsibilit(?:y|ies)|obligations?|duty|duties|rights?|option|discretion|failure|refusal|inability|expense|cost|costs|risk|"
    rf"consent|approval|permission|say-so|sign-off|ok|breach|default|judg[e]?ment|election|request|liability|indemnity|warranty|notice|use|ability|liberty)\b",
    re.IGNORECASE,
)
#: "Allows Acme to", "a licence for Acme to", "grants to Acme the right to": who then does it.
LETS = tuple(
    re.compile(
        rf"\b(?:{verbs})\w*\s+(?:\([^()]{{1,100}}\)\s+)?(?:to\s+|that\s+)?(?:the\s+)?(?P<who>{GROUP})(?!['\u2019]){AND_ITS}"
        rf"(?:[^.;:]{{0,160}}?)\s(?P<to>{to})\s+(?=[a-z])",
        re.IGNORECASE,
    )
    for verbs, to in (
        ("appoint|engag|retain|hir", "as"),
        ("prohibit|prevent|stop|bar|free|restrict|reliev|releas|excus", "from|of"),
        (
            "grant|allow|permit|enabl|entitl|requir|authori[sz]|caus|direct|request|instruct|invit|oblig|let|giv|licens|urg|"
            "recommend|ask|for\\b|want|forc|make|help|provid|afford|appoint|engag|retain|hir",
            r"to\b(?!\s+(?:the|an?|any|such|its|all|be)\b)",
        ),
    )
)
OBJECT = re.compile(
    rf"\b(?P<word>[\w-]+)\s+(?:(?P<way>to|from|with|against)\s+)?(?:the\s+)?(?P<who>{GROUP})(?!['\u2019])",
    re.IGNORECASE,
)
GETTING = (
    r"(?:receiv|share\s+in\b|get\b(?!\s+(?:to|the\s+right|out|rid))|gets\b(?!\s+to)|got\b(?!\s+to)|earn)"
)
GIVEN = (
    r"(?:paid|reimburs\w+|indemnified|notified|given|granted|licensed|told|sent|supplied|compensated|credited|charged|"
    r"provided|delivered|furnished|returned|shipped|invoiced|billed|sued|informed|held\s+harmless|covered|repaid|refunded|warned|advised|owed|defended|insured|made\s+whole)"
)
GETS = re.compile(
    rf"^(?:(?:shall|will|may|must|can|could|should|would|does|do|did|is|are|was|were|has|have|had|not|never|also|still|be|been|being|get|"
    rf"entitled\s+to|the\s+right\s+to|to|[a-z]+ly)\s+)*(?:{GETTING}|(?<=entitled\sto\s)(?:an?|any|the|paid|full|such|all|its|his|her)\b|(?:be|been|being|is|are|was|were|get|gets|still|already|to\s+be)\s+(?:\w+ly\s+)?{GIVEN}\b)",
    re.IGNORECASE,
)
RECEIVED = re.compile(GETTING, re.IGNORECASE)
#: What ends what is said of one who does something.
ENDS = re.compile(
    r"[;:]|\.\s+(?=[A-Z(\ue000-\uf8ff])|,?\s+(?:provided|except)\s+(?:further\s+)?(?:,\s+)?(?:however|that)\b",
    re.IGNORECASE,
)
NEAR = 30
#: A passive has one of these before its participle, and begins after one of those.
BE = re.compile(
    r"\b(?:be|is|are|was|were|been|being|gets?|remains?|becomes?)\s+(?:(?!and\b)[\w\ue000-\uf8ff,-]+\s+){0,9}$",
    re.IGNORECASE,
)
BEGINS = re.compile(
    r"[,;:(]|\b(?:that|which|if|when|where|unless|who|until|and|or|but|upon)\b", re.IGNORECASE
)
CONDITION = re.compile(
    r"\b(?:if|when|where|unless|whenever|should|in\s+(?:the\s+)?(?:event|case)(?:\s+(?:of|that))?|so\s+long\s+as|after|until|once|upon|before|while|because|whereas)\s+(?:[\w\ue000-\uf8ff'-]+\s+){0,6}$",
    re.IGNORECASE,
)
GIVEN_TO = re.compile(
    rf"\b(?P<be>be|is|are|was|were|been)\s+(?:\w+ly\s+)?(?P<word>\w+(?:ed|id|en|de|nt|ld|wed))\s+(?:[^.;:\ue000-\uf8ff]{{0,60}}?\s)?to\s+(?:the\s+)?(?P<who>{GROUP})(?!['\u2019])",
    re.IGNORECASE,
)
#: What is said by the way ends with a comma.
STOPS = re.compile(r"[,;:)]|\.\s|\s(?:that|which|who|if|unless)\b")
NO_OBJECT = frozenset("by of behalf and or between".split())
SPOKEN_BY = frozenset("accompanied followed governed caused day date".split())


#: Whoever acts for a party is that party.
FOR_A_PARTY = re.compile(
    rf"(?:\b(?:(?:duly\s+)?authorized\s+)?(?:representatives?|agents?|employees|personnel|auditors?|designees?|accountants?)\s+of\s+(?:the\s+)?(?P<one>{PARTY})(?!['\u2019]))"
    rf"|(?P<two>{PARTY})['\u2019]s?\s+(?:own\s+|authorized\s+|duly\s+)*(?:representatives?|agents?|employees|personnel|auditors?|designees?|staff|people|accountants?)\b",
    re.IGNORECASE,
)
#: "Is it up to Acme to", "is it Acme that"; and "Acme agrees that it shall".
CLEFT = re.compile(
    r"\b(is|was|isn't)(\s+it\s+(?:(?:up\s+to|on|for|down\s+to|left\s+to|the\s+job\s+of)\s+)?)(?=(?:the\s+)?[\ue000-\uf8ff])",
    re.IGNORECASE,
)
ITSELF = re.compile(
    rf"({PARTY})(\s+[^.;,\ue000-\uf8ff]{{0,50}}\bthat\s+)(it|he|she|they)\b(?=\s+(?:shall|will|may|must|is|has|has))",
    re.IGNORECASE,
)
