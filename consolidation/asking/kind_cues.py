"""The cue words by which a question asks for a type of value, the most telling first."""

from __future__ import annotations

import re

from consolidation.asking.typed import ValueType

_UNIT = r"(?:minutes?|hours?|days?|weeks?|months?|quarters?|years?)"
_QUOTED = r"[\"“”«].{2,60}?[\"“”»]"
_DOCUMENT = (
    r"(?:agreement|contract|document|deal|paper|deed|lease|license|licence|amendment|exhibit|instrument)"
)
_STARTS_ENDS = (
    r"(?:expir\w*|end(?:s|ed|ing)?|run(?:s|ning)?\s+out|laps\w*|terminat\w*|start(?:s|ed)?|beg[aiu]n(?:s)?|commenc\w*|kick(?:s|ed)?\s+"
    r"(?:in|off)|effective|effect|force|dated?|made|sign(?:ed|ing)?|concluded?|executed?|entered|enter|agreed|updated|in\s+place|"
    r"drawn|closes?|go(?:es)?\s+live|over|inked|struck|come\s+to\s+an\s+end|done|finish\w*|amended|founded|born|take\s+place|open|matur(?:e[sd]?|ing))"
)
_PAYING = (
    r"(?:fees?|prices?|costs?|amounts?|sums?|deposits?|salar(?:y|ies)|wages?|bonus(?:es)?|stipend|compensation|remuneration|"
    r"consideration|payments?|instal?lments?|charges?|surcharges?|penalt(?:y|ies)|damages|dollars?|money|cash|budget|premium|rent|"
    r"allowance|retainer|advance|purchase\s+price|value|worth|proceeds|figure|spend|investment|loan|debt|fine|severance(?!\s+(?:agreement|plan|policy|contract|benefits|letter|arrangement))|"
    r"tariff|liabilit(?:y|ies)|liable|insurance|coverage|cover|policy|indemnity|pay|paid|owes?|owed?|earns?|cost)"
)
_BY = r"(?:(?:at|by|in|on|under|for|to|from|with|of|until|after|against|between|on\s+behalf\s+of)\s+)?"
#: Offices that a person holds, never a company.
_OFFICE = (
    r"(?:c[efot]o|coo|chief\s+(?:executive|financial|operating|technology|medical|legal|investment|accounting|marketing|information)(?:\s+officer)?|"
    r"(?:vice[\s-]+|executive\s+|senior\s+)*president|chair(?:man|woman|person)?|(?:corporate\s+|assistant\s+)?secretary|(?:managing\s+|finance\s+)?director|"
    r"(?:general\s+)?counsel|treasurer|controller|(?:finance|project|account|plant|general|sales)\s+(?:chief|manager)|"
    r"(?:loan|compliance|privacy|relationship|security|credit)\s+(?:officer|manager)|mayor)"
)
#: What is paid, whose sum may be worked out from others; no interest, which is a rate and a way to count days.
_SUMS = (
    r"(?:fees?|prices?|costs?|rent(?:al)?s?|royalt(?:y|ies)|commissions?|bonus(?:es)?|salar(?:y|ies)|wages?|compensation|remuneration|consideration|"
    r"damages|penalt(?:y|ies)|(?:sur)?charges?|payments?|instal?lments?|premiums?|deposits?|retainers?|severance|allowances?|benefits?|amounts?|"
    r"sums?|proceeds|earn-?outs?|holdbacks?|reimbursements?|indemnity|liability)"
)
_WORKED_OUT = r"(?:worked\s+out|calculated|computed|determined|figured(?:\s+out)?|arrived\s+at|measured|made\s+up|set(?!\s+(?:off|aside|forth|out|apart)\b))"
#: What a lender has bound itself to lend, and parts of it: sums, whatever they are called.
_LENT = (
    r"(?:sub-?\s?limits?|sub-?\s?facilit(?:y|ies)|(?:general\s+|debt\s+|liens?\s+|investments?\s+|restricted\s+payments?\s+)*baskets?|"
    r"(?:credit|bank|revolving|swing\s?-?line|overdraft|guidance)\s+lines?|lines?\s+of\s+credit|"
    r"(?:revolv\w+|(?:term\s+)?loans?|lend\w+|credit|l/c|swing\s?-?line|facility|aggregate|total|bank|funding|capital|equity|commitment|delayed\s+draw)\s+commitments?|"
    r"(?:excess|borrowing|undrawn|unused|revolv\w+|minimum|total|net|loan|line|credit|maximum)\s+availability|"
    r"(?:credit|loan|revolving|term(?:\s+loan)?|bridge|interim|construction|overdraft)\s+facility|accordion(?:\s+(?:feature|facility))?)"
)
_RULES: list[tuple[ValueType, str]] = [
    # the ways to count days and a rate, which are no sum
    ("free", rf"^(?:so\s+)?how\s+(?:is|are|was|were|will|shall|must|do(?:es)?)\s+(?:the\s+)?(?:[\w-]+\s+){{0,3}}?interest\s+(?:[\w-]+\s+){{0,5}}?{_WORKED_OUT}\b"),
    # by what a sum is made up, unless a term in quotation marks is asked for
    ("amount", rf"^(?:so\s+)?how\s+(?:is|are|was|were|will|shall|must|do(?:es)?)\s+(?!.*[\"“”«])(?:[\w'’/&.-]+\s+){{0,8}}?{_SUMS}\s+(?:[\w'’/&.-]+\s+){{0,8}}?{_WORKED_OUT}\b"),
    # how long something lasts or takes, whatever it is; and where something is, or goes
    ("duration", r"^(?!.*\b(?:end|expir\w+)\s+date\s*\??$)(?:(?:and|so|but)\s+)?(?:for\s+)?how\s+long\s+(?:is|are|was|were|will|would|does|do|did|can|could|may|must|should|shall|has|have|had|after|before)\b"),
    ("place", r"^(?:(?:and|so|but)\s+)?(?:to\s+)?where\s+(?:do|does|should|must|shall|will|can|may|is|are)\s+.{1,60}\b(?:send|sent|go|post|mail|mailed|serve|write|delivered|addressed|located|held|heard|brought|filed)\b|^add?resse?s?\s+(?:for|of)\b"),
    # numbers that name something, and accounts, which count nothing and are no bank
    ("free", r"\b(?:tax|vat|company|registration|account|phone|telephone|fax|identification|passport|patent|serial)\s+(?:(?:identification|registration)\s+)?(?:no\.|numbers?\b|id\b)(?!\s+of\s+(?:days|shares|units|copies))|^(?:to|into|on)\s+(?:what|which)\s+(?:bank\s+)?accounts?\b"),
    # people by their names, and what is handed over
    ("person", r"^(?:the\s+)?names?\s+of\s+(?:the\s+|all\s+(?:the\s+)?)?(?:people|persons|individuals|officers|directors|executives|signator(?:y|ies))\b"),
    ("list", r"^what\s+(?:exactly\s+|all\s+)?(?:has|have|needs?|must|is|are)\s+(?:to\s+)?be\s+(?:delivered|handed\s+over|provided|supplied|submitted)\b(?!.*\b(?:when|how|by\s+whom)\b)"),
    # how often, which is no rate of what is paid so often
    ("duration", r"\bhow\s+(?:often|frequently|regularly)\b|^(?:(?:what|which)(?:'s|\s+is|\s+are)?\s+)?(?:the\s+)?frequency\s+of\b"),
    # in which cases something may be done, which is seldom a day
    ("free", r"^(?:(?:and|so|but)\s+)?when\s+(?:(?:can|may|could|might)\b|(?:would|will)\s+.{2,40}\s+be\s+(?:considered|deemed|regarded\s+as|treated\s+as)\b(?!.*\b(?:given|received|served|delivered|arrived|made|sent)\b)|(?:is|are)\s+.{2,40}\s+(?:(?:allowed|permitted|entitled)\s+to|(?:considered|deemed|regarded\s+as|treated\s+as)\b(?!.*\b(?:given|received|served|delivered|arrived|made|sent)\b)))"),
    # in which way something is paid, which is seldom a sum
    ("free", r"^how\s+(?:is|are|was|were|shall|will|must)\s+(?:the\s+|its\s+|their\s+)?(?:[\w-]+\s+){1,4}?(?:be\s+)?(?:paid|payable|invoiced|billed)\b(?!\s+(?:back\s+)?(?:by|within|after|before)\s+when)"),
    (
        "free",
        r"^(?:which|what)\s+(?:form|exhibit|schedule|annex|appendix|attachment|section|clause|article|paragraph|provision|policy)\s+"
        r"(?:is|has|have|holds?|shows?|contains?|lists?|sets?|gives?|covers?|deals?|applies|governs|describes?|says?|tells?|states?|limits?)\b|"
        r"^(?:section|clause|article|paragraph|exhibit|schedule|annex)\s+(?:on|about|for|with|that|which|limiting|covering|dealing|setting)\b",
    ),
    ("party", r"^which\s+of\s+(?:the\s+(?:two|three)|them|these\s+two|both)\b(?!\s+(?:\w+\s+)?(?:dates?|amounts?|sums?|rates?|fees?|prices?|laws?)\b)|\bon\s+whom\s*\??$"),
    (
        "role",
        r"^(?!who(?:m|se|'s)?\b)(?:.*\s)?(?!(?:what|that|it|who|where|here|how|agreement|contract|document|lease|deal|exhibit|licen[cs]e|paper|file|amendment)'s)"
        r"(?:[\w.-]+'s|his|her|[a-z]{4,}s')\s+(?:(?:job|official|exact|full|corporate)\s+)?title\s*\??$|^(?:job\s+)?title\s+of\s+(?:mr|mrs|ms|dr)\b|"
        r"\b(?:what|which)\s+(?:job\s+|official\s+|corporate\s+)?title\s+(?:does|do|did|is|was|has|had)\b.{2,60}\b(?:hold|held|have|bear|carry|use|sign\w*|given)\b|"
        r"\btitle\s+(?:does|do|did)\s+(?:mr\.?|mrs\.?|ms\.?|dr\.?|he|she)\b",
    ),
    (
        "person",
        rf"^who(?:'s|\s+is|\s+was)?\s+(?:(?:the|an?|its|their|our)\s+)?(?:(?:current|new|first|[\w&.-]+'s|company|borrower|bank)\s+)?{_OFFICE}\b(?!'s)(?:\s+(?:and\s+{_OFFICE}|of|at|for|in|under|here|there|that|acting|who|to|on)\b.*|\s*)\??$",
    ),
    (
        "amount",
        r"^what(?:'s|\s+is|\s+was|\s+are|\s+were)\s+(?:the\s+)?(?:(?!of\b|for\b|in\b|late\b)[\w-]+\s+){0,3}?(?:prices?|salary|purchase\s+price|royalty\s+(?:fees?|payments?))\b"
        r"(?!\s+(?:dates?|day|period|due|term|adjust\w*|increase\w*|discount|percent\w*|formula|based|cap)\b)(?=.*\b(?:of|for|payable|paid|to|from|under|by|in)\b)",
    ),
    ("number", r"^(?:what|which)(?!\s+(?:schedules?|exhibits?|sections?|clauses?|agreements?|contracts?|documents?)\b)(?:'s|\s+(?:is|are|was))?\s+.{0,50}\b(?:[\w-]+\s+(?:to|coverage|leverage|debt)\s+)?ratio\b(?!\s+of\b)(?!.*\b(?:mean|means|defined)\b)"),
    ("place", r"\bnotices?\s+address(?:es)?\b|\baddress(?:es)?\s+for\s+(?:\w+\s+)?notices?\b"),
    ("amount", r"^(?:what(?:'s|\s+is|\s+was)\s+|how\s+(?:much|big|large)\s+(?:is|was)\s+)?(?:the\s+|an?\s+)?(?:[\w.-]+(?:'s)?\s+){0,2}?(?:royalty\s+advances?|advance\s+royalt(?:y|ies)|advances?\s+(?:against|on|of)\s+(?:\w+\s+)?royalt(?:y|ies)|"
        r"(?:minimum|guaranteed)\s+(?:\w+\s+)?royalt(?:y|ies))\b(?!\s+(?:rate|percent\w*|period|date|due))|^how\s+much\s+(?:is|was|are|were)\s+(?:the|any|his|her|their|its)\s+(?:[\w-]+\s+)?advances?\b(?!\s+(?:notice|warning))"),
    ("duration", r"\bgrace\s+period\b(?!.*\b(?:fee|interest\s+rate|defined|mean)\b)"),
    ("free", r"^what\s+(?:security|collateral)\b|^what\s+(?:can|may|must|will|are|is|was|were|should|shall)\b.{2,80}\bused\s+for\s*\??$"),
    (
        "amount",
        rf"^(?:what(?:'s|\s+is|\s+was|\s+are)\s+(?!an?\b)|how\s+(?:big|large|high|much)\s+(?:is|was|are)\s+)(?:[\w.'’/&-]+\s+){{0,6}}?{_LENT}"
        r"(?:\s+(?:amounts?|size|limit))?(?:\s*\??$|,|\s+(?:in|under|of|for|to|from|with|on|at|by|and|that|available|extended|allowed|permitted)\b)(?!.*\b(?:mean|means|defined|used\s+for|secured\s+by|expire|mature)\b)|"
        r"^(?:the\s+)?(?:[\w.'’/&-]+\s+){0,4}?(?:sub-?\s?limits?|baskets?)(?:\s+(?:in|under|of|for)\b.*|\s*)\??$|"
        r"^how\s+(?:big|large)\s+(?:is|was|are|were)\s+(?:[\w.'’/&-]+\s+){1,4}?(?:lines?|loans?|facilit(?:y|ies)|commitments?|baskets?|credit|advances?|mortgages?)\b",
    ),
    ("list", r"\bon\s+(?:what|which)\s+(?:dates|days)\b(?!\s+of\s+the\s+(?:week|month)\b)|^what(?:'s|\s+is|\s+are)?\s+(?:not\s+)?(?:included|excluded|covered)\s+(?:in|from|by|under)\b"),
    ("free", r"^what\s+(?:do|does)\b.{0,60}\bsay\s+(?:about|on|regarding|concerning|re)\b|^(?:explain|describe)\s+(?:the\s+)?(?:[\w-]+\s+){1,4}(?:clause|section|provision)s?\s*\??$"),
    ("date", r"^(?:on|from|by|until|as\s+of)\s+(?:what|which)\s+(?:calendar\s+)?(?:date|day)\b"),
    (
        "definition",
        rf"^{_QUOTED}\s*\??$|^def(?:\.|n\.?)?\s+(?:of\s+)?{_QUOTED}|^def(?:\.|n\.?)?\s+of\b|\b(?:def|defn)\.?\s*\??$|"
        rf"\bdefin(?:e[sd]?|ition|ing)\b|\bmeaning\b|\bmeant\s+by\b|\b(?:do|does|did|would)\b.{{0,80}}\bmean\b|\bmeans\s+what\b|"
        rf"\b(?:what|who|which\s+\w+|kind\s+of\s+\w+)\b.{{0,20}}?\bcounts?\s+as\b|\bstands?\s+for\b|\bwhat\s+falls\s+under\b|\bgoes\s+into\s+(?:an?\s+|the\s+)?{_QUOTED}|^explain\s+{_QUOTED}|"
        rf"^(?:what|who)(?:'s|\s+is|\s+are)\s+(?:an?\s+|the\s+)?{_QUOTED}|\bhow\s+(?:is|are|do(?:es)?)\b.{{0,40}}{_QUOTED}.{{0,12}}"
        rf"(?:worked\s+out|calculated|computed|counted|measured|determined|defined)?\s*\??$|^what\s+does\s+(?:the\s+term\s+)?{_QUOTED}|"
        rf"\bwhat\s+day\s+is\s+(?:the\s+)?{_QUOTED}|^how\s+(?:is|are|do\s+they|do\s+we)\b.{{2,40}}\b(?:worked\s+out|calculated|computed)\b|"
        r"^(?:what)(?:'s|\s+is)\s+an?\s+[\w-]+(?:\s+[\w-]+){0,2}(?:,?\s+exactly)?\s*\??$|\bwhat\s+qualifies\s+as\b",
    ),
    (
        "date",
        r"\b(?:what|which)\s+(?:(?:calendar|exact|precise|latest|last|first|earliest|outside)\s+){0,2}(?:date|day)\b(?!\s+(?:rate|of\s+the\s+(?:week|month)))|"
        r"^(?!.*\bwhere\b).*\b(?:date|day)\s+(?:on|by|from|until)\s+which\b|"
        r"\b(?:earliest|latest|last|outside|exact)\s+calendar\s+(?:date|day)\b|\b(?:un)?til\s+when\b|\bcalendar\s+(?:date|day)\b|"
        r"\b(?:in|by|until)\s+(?:what|which)\s+year\b|"
        r"^(?:by|from|since|as\s+of)?\s*when\s+(?:is|was|does|did|will)\s+(?:the|this|our|it)\b(?:\s+(?:agreement|contract|deal|lease))?\s+"
        r"(?:valid|laps\w*|ceas\w*|conclud\w*|becomes?\s+(?:operative|effective|binding|valid)|bind\w*|appl(?:y|ies))\b|"
        r"^(?:effective|valid|binding)\s+(?:from|since|as\s+of)\s+when\b|^since\s+when\b",
    ),
    (
        "law",
        r"\b(?:governing|applicable|chosen|choice\s+of|controlling|proper|substantive|goverment|governign|governin)[\s-]+(?:\w+\s+)?laws?\b|"
        r"\bgov\.?\s+(?:\w+\s+)?law\b|\b(?:which|what|whose|under)\b.{0,45}\b(?:laws?|legal\s+system|legislation)\b(?!\s*(?:firm|suit|yer|ful|"
        r"enforcement))|\blaws?\s+(?:that\s+)?(?:govern|appl|control|of\s+the\s+(?:contract|agreement|deal))\w*|^laws?\s*\??$|\blaws?\s+of\s+(?:which|what|contract)\b|\bjurisdiction's\s+law|"
        r"\b(?:which|what)\s+(?:state|country|province|jurisdiction)(?:'s)?\s+(?:rules|governs|controls)|\bstate\s+law\b|"
        r"\bwhich\s+jurisdiction\s+governs",
    ),
    (
        "consequence",
        r"\b(?:which|what|who)\b.{0,40}\b(?:wins|prevails|takes\s+precedence|trumps|controls|governs)\b(?!.{0,20}\blaw\b)",
    ),
    (
        "list",
        rf"^{_BY}which\s+(?!(?:two\s+)?(?:\w+\s+)?(?:company|companies|businesses|party|parties|bank|firms?|cit(?:y|ies)|county|counties|courts?|state|states|country|corporations|entities)\b)(?:of\s+)?(?:[a-z'-]+\s+){{0,2}}?(?!(?:is|was|does|has|this|business|class|process|address|express)\b)[a-z-]*[a-rt-z]s\s+(?:are|do|may|must|can|get|"
        r"fall|make|bring|have|counts?|will|would|does|did|apply|make|were|should|could|appear|expressly)\b|\blist\s+(?:it|them)\b|\ball\s+(?:three|four|five|six)\b|"
        r"^(?:the\s+)?(?:types|forms|kinds|versions|steps|things|uses|methods|options|exclusions|scope\s+of|permitted\s+\w+)\b(?!.{0,20}\bfee)|\bwhat\s+(?:details|insurance\s+policies|third-party\s+claims)\b|"
        r"\bconsists?\s+of\b|^(?:what|which)\s+(?:(?:kinds?|types?|sorts?)\s+of\s+)?(?:\w+\s+)?insurance\s+(?:policies\s+|cover(?:age)?\s+)?(?:does|do|must|is|are|has|have|will|should|shall|can|may)\b(?!.*\bhow\s+much\b)",
    ),
    (
        "date",
        rf"\b(?:start|end|effective|expiry|expiration|signing|closing|last|first|launch|commencement|maturity|termination)\s+(?:date|day)\b|"
        rf"^when\s+(?:does|did|will|was|is|were)\b.{{0,70}}\b{_STARTS_ENDS}\b(?!\s+(?:must|have|has)\b)|\bsigning\s+date\b",
    ),
    (
        "duration",
        r"\b(?:contract|initial|lease)\s+(?:term|period)\s*\??$|\bturnaround\b|\blead\s+time\b|\btime\s+(?:allowed|to|for|limit)\b|\bthe\s+longest\b|\bhow\s+late\b|\bcut-?\s?off\b|\bstretch\s+of\s+time\b|\bhow\s+much\s+longer\b|^(?!(?:to\s+)?(?:who|whom|where)\b).*\bnotice\s*\??$|"
        r"^when\s+(?:does|do|must|should|is|are)\b.{0,50}\b(?:owe|due|send|pay|paid|report|deliver|provide|respond|object)\b|^deadline\b|\bhow\s+(?:soon|quickly|fast)\b|\bcancellation\s+notice\b",
    ),
    (
        "role",
        r"\bjob\s+title\b|\b(?:what|which)\s+(?:office|role|capacity|position)\b|\bin\s+(?:what|which)\s+(?:role|capacity)\b|\bas\s+what\b",
    ),
    (
        "person",
        rf"^{_BY}(?:who|whom|whose|which\s+(?:exec\w*|person|individual|officer|people|lawyer|attorney|director|trustee|player|consultant)s?)\b.{{0,70}}?\b(?:sign(?:s|ed|ing|"
        r"atory)?|singed|signatures?|executed|attention|contact|addressed|address|copied|put\s+(?:his|her|their|its)\s+names?|name\s+to|notices?|"
        r"charge|reports?\s+go)\b|^(?:what|which)\s+(?:exec\w*|person|individual|officer|official)\b",
    ),
    ("law", r"^(?:[a-z]+\s+){1,3}(?:or\s+(?:[a-z]+\s+){1,2})?law\s*\??$|^[a-z]+\s+law\s+or\s+[a-z ]{2,20}\??$"),
    ("party", rf"^{_BY}(?:who(?:'s|m)?|whose|(?:which|what)\s+(?:of\s+the(?:se)?\s+)?(?:two\s+|three\s+)?(?:[a-z]+\s+)?(?:company|companies|party|parties|bank|firms?|side|entity|entities|businesses|insurer|charity|corporations?|agency|agencies|authority|authorities|regulators?))\b(?!['’])|\blegal\s+entity\s+behind\b|"
        r"\bregistered\s+company\b|\b(?:identify|name)\s+the\s+(?:company|companies|parties)\b|^the\s+compan(?:y|ies)\b"),
    ("list", r"^what\s+(?:\w+\s+)?surviv|\bwhat\s+are\b.{0,40}\b(?:obligations|duties|responsibilities)\b|^(?:the\s+)?(?:[\w-]+(?:'s)?\s+){0,2}(?:obligations|duties|responsibilities)(?:\s+of\b.{1,40})?\s*\??$"),
    (
        "amount",
        r"^how\s+(?:big|large|high)\s+(?:is|was|are|were)\s+(?:the|his|her|its|their|any)\s+(?:[\w-]+\s+){0,2}?(?:pay-?outs?|payments?|severance|salar(?:y|ies)|"
        r"bonus(?:es)?|fees?|penalt(?:y|ies)|deposits?|budgets?|awards?|settlements?|pensions?|allowances?|retainers?|fines?|rent|premiums?|price|reward|grants?)\b(?!.*\bper\s?cent)",
    ),
    ("number", rf"^(?:max\w*\s+)?(?:the\s+)?(?:number|no\.|\#)\s*of\s+(?!(?:\w+\s+)?{_UNIT}\b)"),
    ("duration", rf"\bhow\s+many\s+(?:\w+\s+){{0,3}}?(?<!\ba\s)(?<!\bper\s)(?<!\beach\s)(?<!\bevery\s){_UNIT}\b"),
    (
        "number",
        r"^how\s+(?:big|large|tall|wide|heavy|deep)\s+(?:is|are|was|were)\b(?!.{0,40}(?:discount|share|cut|stake|fee|penalty|deposit|bonus|commission|royalty))|"
        r"\bhow\s+many\b|\bhow\s+much\s+(?:water|gas|oil|land|product|inventory|space|storage|crude|power|energy)\b|\bhow\s+(?:close|near)\s+to\b",
    ),
    ("percent", r"\bhow\s+much\b.{0,40}(?:percent|\binterest\b|\bdiscount\b|\bcommission\b|\broyalt|\bshare\s+of\b|\bstake\b)|\bas\s+a\s+(?:share|percentage)\s+of\b"),
    ("amount", r"\bhow\s+much\b(?!\s+(?:\w+\s+){0,2}(?:notice|warning|time|advance|lead|longer)\b)|\b(?:hourly|daily|monthly|annual|yearly|flat|transport|day)\s+rate\b|\b(?:above|below|over|under|at)\s+(?:what|which)\s+(?:\w+\s+){0,2}(?:sum|amount|expense|figure|price|size)\b"),
    (
        "consequence",
        r"\bwhat\s+(?:then|if)\b|\bwhat(?:'s|\s+is)?\s+(?:else\s+)?(?:will\s+|would\s+|could\s+|can\s+|might\s+)?(?:happens?|happen|becomes?|follows|befalls)\b|"
        r"\bwhat(?:'ll|\s+is|'s)\s+(?:going\s+to\s+)?(?:happen|become)|\bwhat(?:'s|\s+is|\s+are)?\s+(?:the\s+)?(?:\w+(?:'s|s')?\s+)?(?:remed(?:y|ies)|"
        r"consequences?|upshot|effect|fallback|result|recourse|outcome|fate)\b|\bconsequences?\b|^(?:remed(?:y|ies)|effect|fate)\b|"
        r"\bwhat\s+(?:can|may|must|should|could|is|are|does|do|shall|would|will|has|have)\b.{0,60}?\b(?:do|done|entitled|required\s+of|in\s+for|"
        r"obliged)\b(?!\s+business)|\bwhat's\s+done\b|\bwhat\s+(?:does|do|must|is|are|would|will)\b.{0,60}\b(?:owe|owed)\b|\bwhere\s+does\s+that\s+leave\b|"
        r"\bwhat\s+are\s+(?:we|they|you)\s+in\s+for\b",
    ),
    (
        "person",
        r"\b(?:who|whom|whose|which\s+(?:person|individual|officer|people|lawyer|attorney|executive|director)s?)\b.{0,60}?\b(?:sign(?:s|ed|ing|atory)?|singed|"
        r"signature|executed|attention|contact|addressed|copied|put\s+(?:his|her|their|its)\s+names?|name\s+to)\b|\bsignator(?:y|ies)\b|\battention\b|\battn\b|"
        r"\bcontact\s+(?:person|name)?\b|\bwho\s+(?:heads|runs|leads|chairs|manages|represents)\b|\b(?:ceo|president|officer|manager|lawyer|attorney|"
        r"counsel|representative|chairman|director|secretary|coordinator)\b(?!'s\s+(?!names?\b|signature))(?=.{0,50}(?:\?|$))(?<!how\smany\s)|\bwho(?:'s|\s+is|\s+was)?\s+named\b|"
        r"\bwhich\s+(?:individual|person|officer)\b|^signed\s+(?:by|for)\b|\bsigner\b",
    ),
    (
        "title",
        rf"\b(?:title|name|heading|caption|type|kind)\s+(?:of|on)\s+(?:(?:the|this|that|our)\s+)?(?:\w+\s+)?{_DOCUMENT}\s*\??$|\b(?:title|name|heading|caption)\s+(?:of|on)\s+(?:the|this|that|our)\s+(?:\w+\s+)?{_DOCUMENT}\b|^doc(?:ument)?\s+(?:type|title|name)\s*\??$|^what(?:'s|\s+is)\s+this\s+{_DOCUMENT}\s*\??$|\bwhat(?:'s|\s+is)?\s+(?:this|the|that)\s+"
        rf"(?:\w+\s+)?{_DOCUMENT}(?:\s+is)?\s+(?:called|titled|named|entitled|headed)|^(?:document\s+|contract\s+|agreement\s+)?(?:title|name)\s*\??$|"
        rf"\b(?:document|contract|agreement)\s+(?:title|name|type)\b|\bwhat\s+(?:kind|type|sort)\s+of\s+{_DOCUMENT}\b|\btitle\s*\?*$|"
        rf"\bhow\s+is\s+(?:this|the)\s+{_DOCUMENT}\s+(?:headed|titled|called|entitled|named)\b|\bunder\s+(?:what|which)\s+(?:name|title)\b.{{0,12}}\b{_DOCUMENT}\b|"
        rf"\bwhat\s+(?:is|does)\s+(?:this|the)\s+{_DOCUMENT}\s+call\s+itself|\bwhat\s+{_DOCUMENT}\s+is\s+this\b",
    ),
    (
        "list",
        r"^(?:i\s+need\s+)?(?:a\s+|the\s+)?(?:full\s+|complete\s+)?lists?\b|^(?:name|give\s+me|enumerate|identify)\s+(?:all\s+|the\s+)(?:\w+\s+)?(?!"
        r"address|basis)\w+s\b(?!')|\b(?:what|which)\s+(?:two|three|four|five|six|seven|eight|several|other)\b|\b(?:what|which)\s+(?:kinds?|types?|sorts?|"
        r"categories|groups|classes|forms)\s+of\b|\bcarve-?outs?\b|^(?:permitted|accepted|acceptable|allowed)\s+(?:\w+\s+)?(?:ways|methods|means|forms)\b|\b(?:ways|methods|means)\s+(?:of|to|in)\b|"
        r"\bin\s+(?:what|which)\s+(?:ways|situations|cases|circumstances)\b|\b(?:on|for)\s+(?:what|which)\s+(?:grounds|reasons|topics)\b|^(?:grounds|reasons|"
        r"conditions|exceptions|exclusions)\b|\b(?:what|which)\s+(?:(?:financial|written|monthly|quarterly|annual|other|additional|specific|following)\s+)?(?:events|items|things|steps|topics|grounds|conditions|exceptions|situations|circumstances|"
        r"formalities|services|products|goods|countries|states|information|rights|obligations|costs|documents|areas|markets|reports|statements|certificates|records|support|materials|"
        r"channels|funds|companies|sites|locations|facilities|categories|parts|matters|claims|expenses|duties|methods|models|brands|marks|trademarks|"
        r"patents|purposes|uses|activities|losses|taxes|benefits|changes|amendments|sections|clauses|warranties|representations)\b"
        r"|\b(?:products|services|goods|territories|trademarks|countries)\s+covered\b",
    ),
    (
        "percent",
        r"\bper\s?cent(?:age)?s?\b|%|\bwhat\s+(?:share|portion|fraction|proportion|cut|split)\b|\b(?:share|cut|portion|slice)\s+of\s+(?:the\s+)?(?:\w+\s+)?(?:"
        r"revenue|profit|income|sales|fees|proceeds|equity|receipts|gross|net)\w*|\binterest\b(?!\s+in\b|ed\b)|\bint(?:er|re)st\b|\b(?:revenue|profit)[\s-]+(?:share|split)\b|"
        r"\broyalty\s+(?:rate|percent)|\broyalt(?:y|ies)\b(?!-free|\s+(?:warrants?|checks?|statements?|reports?|payments?|periods?|years?|term)\b)(?!.{0,30}(?:minimum|guarante))|\bcommission\b(?!\s+payments?)|\bdiscount\b|\bmark-?\s?up\b|\buptime\b|\bfinance\s+charge\b|"
        r"\bhow\s+(?:much|big)\s+(?:a\s+|of\s+a\s+)?(?:discount|share|cut|stake)\b|\bstake\b|\bmargin\b|\btolerance\b|\bretainage\b|\bsplit\b|\bhow\s+(?:is|are)\b.{0,30}\bsplit\b|"
        r"\b(?:percentage|equity|share|stock)\s+ownership\b|\bownership\s+(?:interest|percentage|stake|share|split|level|threshold)\b|\bwhat\s+ownership\b|\bshareholding\b|\blate\s+(?:payment\s+)?(?:charge|fee)s?\b",
    ),
    (
        "duration",
        rf"\bhow\s+(?:long|quick(?:ly)?|fast|soon|often|early)\b|\bhow\s+far\s+(?:ahead|in\s+advance|before|back|off|out)\b|\bhow\s+many\s+(?:\w+\s+){{0,3}}?{_UNIT}\b|\bhow\s+(?:much|big)\s+"
        rf"(?:\w+\s+){{0,2}}?(?:notice|warning|time|advance|lead)\b|\b(?:what|which)\s+(?:\w+\s+){{0,3}}?(?:notice|warning|period|length|duration|timeframe|time\s+(?:limit|frame)|"
        rf"window|deadline|term|cure)\b(?!\s+(?:address|go))|\b(?:notice|cure|grace|renewal|rollover|retention|survival|warranty|payment|review|refund|inspection|acceptance|initial|trial|"
        rf"limitation|tail|exclusivity|lock-?up|response|primary|first|standstill)\s+(?:\w+\s+)?(?:period|window|term|time|terms|tail|deadline|length)s?\b|\bperiod\b|\bdeadline\b|\bwindow\b|\btime\s+"
        rf"(?:limit|frame|bar)\b|\btail\b|\blength\b|\bduration\b|^(?:what(?:'s|\s+is)\s+)?(?:the\s+|its\s+)?(?!defined\b|search\b)(?:(?!of\b|in\b|for\b|the\b)[\w-]+\s+){{0,2}}term\s*\??$|^(?:initial\s+|renewal\s+)?term\b(?!s)|\bterm\s+of\s+(?:the|this)\b|\bnotice\s+(?:\w+\s+){{0,2}}?(?:needed|required|to|for|before)\b|^notice\b|"
        rf"\b(?:advance|prior)\s+(?:notice|warning)\b|\bwithin\s+(?:what|which|how)\b|\bfor\s+what\s+(?:time|period)\b|\bby\s+when\b|\bin\s+what\s+time\b|\btime\s+to\s+(?:pay|cure|reply|respond|object)\b|"
        rf"\bpayment\s+terms\b|\bsurviv\w+\b|\bwhen\s+(?:must|does|do|is|are|has|have|should|can)\b(?!.{{0,60}}\b{_STARTS_ENDS}\b)|\bhow\s+(?:close|near)\b.{{0,10}}\btime\b|"
        rf"\bfor\s+(?:what|which)\s+period\b|\b(?:advance\s+notice|warning)\b",
    ),
    (
        "place",
        r"\bwhere\b|\baddress(?:es)?\b(?!ed)|\bvenue\b|\bforum\b|\b(?:which|what|whose)\s+(?:\w+\s+)?(?:courts?|cit(?:y|ies)|county|counties|country|town|port|territory|region|"
        r"state|province|place|location|geograph\w+|airport|office|seat|jurisdiction|courthouse|area|market|dock|site)\b(?!'s)|\bterritory\b|\bseat(?:ed)?\s+of\b|\bseat\b|\blocation\b|"
        r"\b(?:city|county|country|port|street|region)\b|^(?:state|place)\b|\bplace\s+of\b|\bdelivery\s+point\b|\bheadquarter\w*|\bincorporated\s+(?:in|under)\b|\bstate\s+of\s+incorporation\b|\bhow\s+close\b|\bgeograph\w+|\bcourts?\b|\bpart\s+of\s+the\s+world\b|\bjurisdiction\b",
    ),
    (
        "date",
        r"\b(?:what|which)\s+(?:\w+\s+){0,3}?(?:date|day|year|month)\b|\bdates?\b|\bdated\b|\bwhen\b|^(?:expir\w+|effective|commencement|signed\s+when|start|end)\b|\bexpir(?:e[sd]?|y|ing|ation)\b|\bas\s+of\s+when\b|\buntil\s+when\b|"
        r"\bfrom\s+when\b|\bsince\s+when\b|\bgo-?live\b|\b(?:start|end|closing|launch|maturity)\s+(?:day|date)\b|\bwhat\s+day\b",
    ),
    (
        "number",
        r"\bhow\s+many\b|\bnumber\s+of\b|\bno\.\s+of\b|\bminimum\s+(?:quantity|volume|number|purchase|order|share|amount\s+of)\b|\bmin\.?\s+(?:number|quantity|volume|order)|\bquota\b|\bvolume\b|\bhow\s+(?:big|large)\b|"
        r"\bquantity\b|\bmax(?:imum)?\s+(?:number|quantity)|\bhow\s+(?:far|tall|wide|heavy|close|near)\b|\bradius\b|\bsize\s+of\b|\bcount\b|\bhow\s+much\s+(?:water|gas|oil|land|product|inventory|space|storage|business)\b",
    ),
    (
        "amount",
        rf"\bhow\s+much\b|\b{_PAYING}\b|\bcap(?:ped)?\b|\bceiling\b|\blimits?\b|\bmax(?:imum)?\b|\bmin(?:imum)?\b|\bfloor\b|\bthreshold\b|\bmost\s+(?:that\s+)?\w+\s+(?:can|could|may)\b|\bat\s+(?:most|least)\b|\$|€|£",
    ),
    (
        "role",
        r"\b(?:what|which)\s+(?:role|capacity|office|position|job|job\s+title|post)\b|\bin\s+(?:what|which)\s+(?:role|capacity)\b|\bjob\s+title\b|\brole\b|\bcapacity\b",
    ),
    (
        "consequence",
        r"^what\s+(?:must|can|may|might|could|should|does|do|will|would|is\s+supposed|was\s+to|was\s+supposed|has|have)\b.{0,60}\b(?:get|receive|face|lose|do|"
        r"happen|hand|keep|give|file|take|apply|agree|agreed|show|fall)\b|\bhow\s+(?:is|are|do|does|should|must)\b.{0,50}\b(?:treated|handled|dealt|deal|resolved|settled)\b|"
        r"\bnow\s+what\b|\bwhat\s+(?:are|is)\b.{0,30}\b(?:options?|recourse|status|repercussions?|choices?)\b|\bwhat\s+falls\s+due\b|\bwhat\s+have\s+(?:they|the\s+parties)\s+agreed\b",
    ),
    (
        "party",
        r"\b(?:who|whom|whose|who's)\b|\b(?:which|what)\s+(?:\w+\s+)?(?:company|companies|firm|party|parties|bank|side|entity|entities|corporation|organi[sz]ation|airline|fund|partner|supplier|"
        r"university|business|carrier|insurer|client|customer|agency|team|trust|member|franchise|vendor|buyer|retailer|publisher|celebrity|athlete|golfer)\b|\b(?:parties|party|counterpart(?:y|ies)|licensor|licensee|"
        r"lessor|lessee|landlord|tenant|vendor|supplier|customer|client|buyer|seller|purchaser|distributor|franchisor|franchisee|contractor|sponsor|provider|agent|"
        r"principal|shipper|transporter|reseller|guarantor|manufacturer|consultant|lender|borrower)\b",
    ),
    (
        "list",
        r"\b(?:what|which)\s+(?!(?:is|was|does|has|this|terms)\b)[a-z'-]+(?<!s)(?:\s+(?!(?:i|wa|ha|doe)s\b)[a-z-]+)?s\b(?!')|\bwhat\s+are\s+(?:all\s+)?the\b|\bwhat\s+must\b.{0,60}\b(?:contain|include|have|cover|"
        r"tell|state|get|provide|show|go\s+into)\b|\bwhat\s+(?:has|have)\s+to\b|\bwhat\s+should\b.{0,60}\b(?:contain|include|cover)\b|\bto\s+whom\b",
    ),
]  # fmt: skip
#: Types with the patterns of their cues, in lower case; the first that is found tells.
CUES = [(kind, re.compile(pattern)) for kind, pattern in _RULES]
