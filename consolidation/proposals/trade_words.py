"""Questions in the trade's words: what people call "fired", "a takeover" or "paid back early" where a text does not.

A phrase is replaced where the document has the trade's word for it and does not have the phrase itself.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from consolidation.proposals.own_words import times_said


class Phrase(NamedTuple):
    """What people say, and for what: by what a text must hold, the trade's words, the first that fit."""

    said: re.Pattern[str]
    meant: tuple[tuple[re.Pattern[str], str], ...]


_WHOM = r"(?P<o>him|her|them|me|you|someone|somebody|people|(?:the|an?|its|their)\s+[\w-]+)"
_PAPER = r"(?P<o>(?:this|the|its|his|their|our)\s+(?:deal|contract|agreement|lease|licen[cs]e|rights|duties|obligations|loan|note))"
#: What people say, as a pattern, and what it is called, by what the text must hold.
_TABLE: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    # employment
    (r"\btake-?\s?overs?\b|\bbuy-?outs?\b", ((r"change\s+in\s+control", "change in control"), (r"change\s+of\s+control", "change of control"))),
    (
        r"\b(?:the\s+|its\s+|our\s+)?(?:company|business|employer|firm)(?:\s+(?:being\s+)?(?:chang(?:es?|ing)\s+hands|taken\s+over|bought\s+out)|\s+is\s+(?:taken\s+over|bought\s+out))\b",
        ((r"change\s+in\s+control", "a change in control"), (r"change\s+of\s+control", "a change of control")),
    ),
    (r"\b(?:fired|sacked|let\s+go(?!\s+of)|laid\s+off|dismissed|kicked\s+out)\b", ((r"terminat", "terminated"),)),
    (r"\bfiring\b", ((r"terminat", "termination"),)),
    (rf"\b(?:fires|sacks|dismisses|lays\s+off)\s+{_WHOM}", ((r"terminat", r"terminates \g<o>"),)),
    (rf"\b(?:fire|sack|dismiss|lay\s+off)\s+{_WHOM}", ((r"terminat", r"terminate \g<o>"),)),
    (rf"\blets\s+{_WHOM}\s+go\b", ((r"terminat", r"terminates \g<o>"),)),
    (rf"\blet\s+{_WHOM}\s+go\b", ((r"terminat", r"terminate \g<o>"),)),
    (
        r"\b(?:for\s+no\s+(?:particular\s+|good\s+|real\s+)?reason(?:\s+at\s+all)?|without\s+(?:an?\s+|any\s+)?(?:good\s+|real\s+|particular\s+)?reason"
        r"|(?:for|through)\s+no\s+fault\s+of\s+(?:his|her|their)\s+own)\b",
        ((r"(?:without|other\s+than(?:\s+for)?)\s+(?:\w+\s+)?cause", "without cause"),),
    ),
    (r"\b(?:quits|walks\s+out|steps\s+down)\b", ((r"resign", "resigns"), (r"voluntar\w+\s+terminat", "voluntarily terminates his employment"))),
    (r"\b(?<=has\s)quit\b|\b(?<=have\s)quit\b", ((r"resign", "resigned"),)),
    (r"\b(?:quit|walk\s+out|step\s+down)\b", ((r"resign", "resign"), (r"voluntar\w+\s+terminat", "voluntarily terminate his employment"))),
    (r"\b(?:golden\s+handshake|exit\s+(?:package|pay)|pay-?outs?)\b", ((r"severance\s+pay", "severance payment"), (r"severance", "severance"))),
    (r"\bparachute\s+tax\b", ((r"excise\s+tax", "excise tax"),)),
    (
        r"\b(?:side\s+(?:business(?:es)?|jobs?)|(?:other\s+)?business(?:es)?\s+(?:going\s+)?on\s+the\s+side|second\s+job)\b",
        ((r"other\s+business", "other business activities"), (r"outside\s+(?:business|activit)", "outside activities")),
    ),
    (r"\brival\b(?=\s+(?!(?:of|to|for|in|at|on|if|when|while|after|before|during|and|or)\b)[a-z])", ((r"compet", "competing"),)),
    (r"\brivals?\b(?!\s+(?:bid|offer))", ((r"competitor", "competitor"), (r"compet", "competing business"))),
    (r"\b(?:poach|hire\s+away|lure\s+away)\b", ((r"solicit", "solicit"),)),
    (r"\b(?:poaching|hiring\s+away|luring\s+away)\b", ((r"solicit", "soliciting"),)),
    (r"\banswers?\s+to(?=\s*\?|\s*$)", ((r"report\w*\s+(?:directly\s+)?to", "report to"),)),
    (r"\b(?:bad-?\s?mouth|(?:speak|talk)(?:ing)?\s+(?:badly|ill)\s+(?:of|about)|run\s+down)\b", ((r"disparag", "disparage"),)),
    (r"\btoo\s+(?:sick|ill)\s+to\s+work\b", ((r"disabled", "disabled"), (r"disabilit", "disabled"))),
    (r"\b(?:falls|gets|becomes)\s+(?:too\s+|very\s+|seriously\s+)?(?:sick|ill)\b", ((r"disab", "becomes disabled"),)),
    (r"\b(?:health|medical)\s+cover\b", ((r"health\s+(?:\w+\s+)?insurance", "health insurance"), (r"medical", "medical insurance"))),
    (r"\b(?:left-?\s?over|untaken)\s+(?=vacation|holidays?|leave|days)", ((r"unused", "unused "), (r"accrued", "accrued "))),
    (r"\bchange(?=\s+(?:his|her|their|your|its)\s+minds?\b)\s+\w+\s+minds?", ((r"revo(?:ke|cation)", "revoke it"), (r"rescind", "rescind it"))),
    (r"\bcash(?:es)?\s+in\b(?=.*\b(?:options?|warrants?)\b)", ((r"exercis", "exercise"),)),
    (r"\bcar\b", ((r"automobile", "automobile"),)),
    (r"\bholidays?\b", ((r"vacation", "vacation"),)),
    (
        r"\b(?:after\s+leaving|(?:once|after|when)\s+(?:he|she|they)(?:['\u2019](?:s|re)|\s+is|\s+are)?\s+(?:leaves?|gone|left))\b",
        ((r"terminat\w+\s+of\s+(?:[\w'\u2019]+\s+){0,3}employment", "after termination of employment"), (r"terminat\w+\s+of\s+(?:this\s+)?agreement", "after termination")),
    ),
    # money
    (r"\b(?:pays\s+late|is\s+late\s+(?:paying|with\s+(?:a\s+|its\s+|his\s+)?payments?))\b", ((r"due\b", "does not pay when due"),)),
    (r"\b(?:pay\s+late|are\s+late\s+(?:paying|with\s+(?:a\s+|their\s+)?payments?))\b", ((r"due\b", "do not pay when due"),)),
    (r"\bpaid\s+late\b", ((r"due\b", "not paid when due"),)),
    (r"\b(?:re)?paid\s+(?:(?:back|off)\s+)?early\b", ((r"prepa[iy]", "prepaid"),)),
    (r"\b(?:re)?pay\s+(?P<o>it|(?:the|this|its)\s+\w+)\s+(?:(?:back|off)\s+)?early\b|\bpay\s+(?:back|off)\s+(?P<p>it|(?:the|this|its)\s+\w+)\s+early\b", ((r"prepa[iy]", r"prepay \g<o>\g<p>"),)),
    (r"\b(?:re)?paying\s+(?P<o>it|(?:the|this|its)\s+\w+)\s+(?:(?:back|off)\s+)?early\b|\bpaying\s+(?:back|off)\s+(?P<p>it|(?:the|this|its)\s+\w+)\s+early\b", ((r"prepa[iy]", r"prepaying \g<o>\g<p>"),)),
    (r"\bearly\s+(?:re)?payment\b", ((r"prepa[iy]", "prepayment"),)),
    (r"\b(?:capex|capital\s+spending|(?:new\s+)?plants?\s+and\s+equipment)\b", ((r"capital\s+expenditure", "capital expenditures"), (r"fixed\s+assets", "fixed assets"))),
    (r"\b(?:goes|went)\s+(?:bust|broke|under|belly\s+up)\b", ((r"insolven", "becomes insolvent"), (r"bankrupt", "becomes bankrupt"))),
    (r"\bgo\s+(?:bust|broke|under|belly\s+up)\b", ((r"insolven", "become insolvent"), (r"bankrupt", "become bankrupt"))),
    (r"\b(?:stands\s+behind|vouches\s+for|is\s+(?:standing\s+behind|vouching\s+for))\b", ((r"guarant", "guarantees"),)),
    (r"\b(?:stand\s+behind|vouch\s+for)\b", ((r"guarant", "guarantee"),)),
    (r"\b(?:foots|picks\s+up)\s+the\s+(?:bill|tab)\b", ((r"pay", "pays"),)),
    (r"\bon\s+the\s+hook\b(?!\s+to)", ((r"liab", "liable"), (r"responsib", "responsible"))),
    (r"\blawyers?['\u2019]?s?['\u2019]?\s+(?:fees|bills|costs)\b", ((r"attorney", "attorneys' fees"),)),
    (r"\b(?:check|look\s+at|look\s+into|go\s+through)\s+(?P<o>(?:the|its|their|his|[\w.]+['\u2019]s)\s+)books\b", ((r"books\s+and\s+records", r"inspect \g<o>books and records"), (r"audit", r"audit \g<o>books"))),
    (r"\bchips?\s+in\b", ((r"contribut", "contribute"),)),
    # contracts
    (r"\bchanges\s+hands\b", ((r"change\s+in\s+control", "undergoes a change in control"), (r"change\s+of\s+control", "undergoes a change of control"))),
    (r"\bchanging\s+hands\b", ((r"change\s+in\s+control", "undergoing a change in control"), (r"change\s+of\s+control", "undergoing a change of control"))),
    (r"\bturned[\s-]down\b", ((r"deni(?:ed|al)", "denied"), (r"reject", "rejected"))),
    (r"\b(?:pirates|rips\s+off|knocks\s+off)\b", ((r"infring", "infringes"),)),
    (rf"\bhand(?:ing)?\s+{_PAPER}\s+(?:over|off|on)\b|\bpass\s+(?:on\s+)?(?P<p>(?:its|the|his|their)\s+(?:rights|contract|agreement|duties|obligations))(?:\s+on)?(?=\s+to\b)", ((r"assign", r"assign \g<o>\g<p>"),)),
    (rf"\bsell\s+{_PAPER}(?=\s+to\b)", ((r"assign", r"assign \g<o>"),)),
    (r"\b(?:backs|pulls|gets|bails)\s+out\s+of\b|\bwalks\s+away\s+from\b|\bcalls\s+off\b", ((r"terminat", "terminates"),)),
    (r"\b(?:back|pull|get|bail)\s+out\s+of\b|\bwalk\s+away\s+from\b|\bcall\s+off\b", ((r"terminat", "terminate"),)),
    (r"\b(?:walks\s+away(?!\s+with)|backs\s+out|pulls\s+out|pulls\s+the\s+plug)\b", ((r"terminat", "terminates the agreement"),)),
    (r"\b(?:walk\s+away(?!\s+with)|back\s+out|pull\s+out|pull\s+the\s+plug)\b", ((r"terminat", "terminate the agreement"),)),
    (rf"\bbreaks\s+{_PAPER}", ((r"breach", r"breaches \g<o>"), (r"default", r"defaults under \g<o>"))),
    (rf"\bbreak\s+{_PAPER}", ((r"breach", r"breach \g<o>"), (r"default", r"default under \g<o>"))),
    (r"\bbreaks\s+(?:an?|its|his|her)\s+promise\b", ((r"covenant", "breaches a covenant"), (r"breach", "breaches the agreement"))),
    (r"\bfix(?=\s+(?:it|the\s+(?:problem|default|breach|failure)|an?\s+(?:problem|default|breach|failure))\b)", ((r"cure", "cure"), (r"remed", "remedy"))),
    (r"(?<!trade\s)\bsecrets\b", ((r"confidential\s+information", "confidential information"),)),
    (r"\b(?P<k>keep|kept)\s+(?P<o>it\s+|them\s+)?(?:secret|quiet)\b", ((r"confidential", r"\g<k> \g<o>confidential"),)),
    (r"\b(?P<k>keep|kept)\s+(?P<o>[^?,.]{2,60}?)\s+to\s+(?:himself|herself|itself|themselves)(?=\s*[?,.]|\s*$)", ((r"confidential", r"\g<k> \g<o> confidential"),)),
    (r"\btoxic\s+(?:stuff|wastes?|materials?|substances?)\b", ((r"hazardous\s+materials?", "hazardous materials"), (r"hazardous\s+substances?", "hazardous substances"), (r"hazardous\s+wastes?", "hazardous wastes"))),
    (r"\bsubs\b", ((r"subcontractors?", "subcontractors"),)),
    (r"\bbuilder\b", ((r"contractor\b", "contractor"),)),
    (r"\bloan\s+papers?(?:work)?\b", ((r"loan\s+documents", "loan documents"),)),
    (r"\b(?:sign\s+away|give\s+up)\s+(?:(?:his|her|its|their|any|all)\s+)?(?:claims|right\s+to\s+sue)\b", ((r"release", "sign a release"),)),
    (r"\b(?:renews?\s+(?:by\s+itself|on\s+its\s+own)|rolls?\s+over(?:\s+(?:by\s+itself|on\s+its\s+own|automatically))?)\b", ((r"automatic", "renew automatically"),)),
    (r"\bfight(?=\s+(?:over|about|between)\b)|\bquarrel\b", ((r"dispute", "dispute"),)),
    (r"\bfights(?=\s+(?:over|about|between)\b)|\bquarrels\b", ((r"dispute", "disputes"),)),
    (r"\b(?:bad|shoddy|poor|botched)\s+work\b", ((r"defective\s+work", "defective work"), (r"workmanship", "poor workmanship"))),
    (r"\bnatural\s+disasters?\b|\bacts?\s+of\s+god\b", ((r"force\s+majeure", "force majeure"),)),
    (r"\b(?:talk\s+to|tell)\s+the\s+(?:press|media)\b|\bgo\s+public\s+(?:with|about)\b", ((r"press\s+release", "issue a press release about"), (r"public\s+announcement", "make a public announcement about"))),
)  # fmt: skip
_PHRASES = tuple(
    Phrase(
        re.compile(said, re.IGNORECASE),
        tuple((re.compile(rf"\b{needs}", re.IGNORECASE), words) for needs, words in meant),
    )
    for said, meant in _TABLE
)


def in_trade_words(question: str, text: str) -> str:
    """The question with what people say by the trade's words for it, where the document has these and not those.

    The question as it is where nothing is said otherwise.
    """
    traded = question
    for phrase in _PHRASES:
        found = phrase.said.search(traded)
        if found is None or times_said(found[0], text):
            continue
        words = next((words for needs, words in phrase.meant if needs.search(text)), None)
        if words:
            traded = f"{traded[: found.start()]}{found.expand(_filled(words, found))}{traded[found.end() :]}"
    return question if traded == question else f"{traded[:1].upper()}{traded[1:]}"


def _filled(words: str, found: re.Match[str]) -> str:
    """The words without those groups that were not found."""
    for name, said in found.groupdict().items():
        if said is None:
            words = words.replace(rf"\g<{name}>", "")
    return words
