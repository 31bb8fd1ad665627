"""What the judgement of hypotheses sees of a non-disclosure agreement: its sentences, each as vectors and words.

Shape suffixes: S sentences, E encoder width, C cues, D dense features, G hashed word groups, N word groups of all
sentences, one after the other.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import torch
from torch import Tensor

from consolidation.parts.encoder import Encoder, WordPieces
from consolidation.text.sentences import sentences
from consolidation.text.stems import without_ending
from consolidation.text.windows import Range

SENTENCE_TOKENS = 192
BATCH = 32
#: Number of places that word groups are hashed to.
GROUPS = 8192
#: Weight of what only the sentence that opens a list says, for the items of the list.
OPENING = 0.5
_OPENING_CHARACTERS = 250
_OPENING_REACH = 12
_ITEM = re.compile(r"^\(?(?:[a-z]|[ivx]{1,4}|\d{1,2}(?:\.\d{1,2})*)[.)]\s|^[a-z•·\-\u2013]")
_OPENS = re.compile(r"[:\-—]$|:\s*\(\w{1,3}\)[^:]*$")
_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+")
_COMMON = frozenset(
    "the a an of to in for on with as at by be is are was were it its that this such which and or any all".split()
)
_ENDINGS = ("ing", "ed", "es", "ly", "s")

#: Turns of phrase that bear on one hypothesis or several, written by hand after a look at some labelled agreements.
#: Their order is that of the weights.
CUES: dict[str, str] = {
    "reverse": r"revers\w*[- ]engineer|decompil|disassembl|de-compil",
    "solicit": r"solicit|\bhire|\bemploy\b|\bengage\b.{0,40}employee|poach",
    "oral": r"\boral|verbal|spoken|word of mouth|conversation|presentation|visual",
    "anyform": (
        r"whatever (?:form|format)|any (?:form|manner|medium|means|way)|"
        r"regardless of (?:the )?(?:form|manner)|or otherwise|however (?:it is )?(?:conveyed|"
        r"disclosed|recorded)|whether or not"
    ),
    "written": r"in writing|written",
    "indep": (
        r"independent\w*.{0,30}(?:develop|creat|discover|conceiv|generat)|(?:develop|creat|discover|"
        r"conceiv|generat)\w*.{0,60}independent|developed by or for"
    ),
    "thirdsource": (
        r"(?:third part|another (?:source|person)|other (?:source|person)|source other|a source|"
        r"others|third person).{0,160}(?:not|without|no )\b|(?:received|obtained|acquired|furnished|"
        r"disclosed).{0,80}(?:third part|other source|source other)"
    ),
    "public": (
        r"public(?:ly)? (?:domain|known|knowledge|available)|generally (?:known|available)|"
        r"available to the public"
    ),
    "compelled": (
        r"(?:required|compelled|requested|ordered|obliged|obligated).{0,80}(?:law|court|judicial|"
        r"subpoena|regulat|order|process|governmental|stock exchange)|subpoena|court order|"
        r"legal process|by law\b|deposition|interrogator"
    ),
    "notify": (
        r"\bnoti(?:ce|f)|inform (?:the )?(?:disclos|other|owner|discloser|company)|advise|"
        r"opportunity to (?:contest|seek|object|oppose)|protective order"
    ),
    "return": r"\breturn|destroy|destruction|deliver(?:ed)? (?:up|back)|shred|erase|delet|surrender",
    "termination": r"terminat|expir|completion|conclusion|end of|cease",
    "request": r"request|demand",
    "retain": r"\bretain|\bkeep|archiv|back-?up|retention",
    "noretain": (
        r"(?:not|without|nor) (?:be )?(?:retain|keep)|all (?:copies|originals|confidential|such)|"
        r"retain(?:ing)? (?:no|any)|no cop(?:y|ies)"
    ),
    "copy": r"\bcop(?:y|ies|ied|ying)|reproduc|duplicat|transcri|photocop",
    "nocopy": r"(?:not|nor|no|without|neither).{0,40}(?:cop(?:y|ies|ied|ying)|reproduc|duplicat)",
    "copyexcept": (
        r"(?:cop(?:y|ies|ied|ying)|reproduc|duplicat).{0,100}(?:except|unless|only|extent|necessary|"
        r"reasonabl|consent|permission)"
    ),
    "survive": (
        r"surviv|(?:remain|continue).{0,40}(?:force|effect|bound|binding|confidential|subject)|"
        r"perpetu|indefinite|without limit|notwithstanding.{0,40}(?:terminat|expir)|(?:after|"
        r"following|beyond|from).{0,30}(?:the )?(?:terminat|expir)|\d+\)? years"
    ),
    "existence": (
        r"existence|fact that|discussions|negotiations|terms (?:and conditions )?of this agreement|"
        r"this agreement and its|contents of this"
    ),
    "publicity": r"publicity|public announcement|press release|announce|advertis|publicly",
    "license": r"licen[sc]e|\bpatent|copyright|trade ?mark|intellectual property",
    "notitle": (
        r"(?:no|not|nor|nothing|neither|none).{0,120}(?:licen[sc]e|right|title|interest|ownership|"
        r"grant|convey)"
    ),
    "property": (
        r"(?:property|ownership|title|owned).{0,60}(?:remain|exclusive|sole|disclos|owner)|(?:remain|"
        r"exclusive|sole|shall be).{0,30}(?:property|owner)"
    ),
    "advisor": (
        r"advis[oe]r|consultant|agent|contractor|attorney|lawyer|counsel|accountant|auditor|"
        r"representative|affiliate|lender|financ|banker"
    ),
    "employee": r"employee|officer|director|staff|personnel|member|representative|partner",
    "needknow": (
        r"need(?:s|ing)?[- ]to[- ]know|need to have access|who need|who require|have a need|"
        r"know(?:ing)? (?:such|the|it)"
    ),
    "nothird": (
        r"(?:not|neither|nor|no|refrain).{0,120}(?:disclos|divulg|reveal|communicat|transfer|transmit|"
        r"provide|pass).{0,160}(?:third|any (?:other )?(?:person|party|one|individual|entity|firm)|"
        r"anyone|others)"
    ),
    "consent": r"consent|approval|authori[sz]ation|permission|agreed? in writing",
    "nouse": (
        r"\buse[sd]?\b.{0,120}(?:purpose|only|solely|except|other than)|(?:only|solely|except|purpose|"
        r"not)\b.{0,100}\buse[sd]?\b|utili[sz]e|exploit"
    ),
    "purpose": r"purpose|permitted use|in connection with|evaluat",
    "ownbenefit": r"(?:own|personal|commercial) (?:use|benefit|purpose|advantage|account|gain)",
    "mark": r"\bmark(?:ed|ing|s)?\b|\bstamp|\blegend|\blabel|designat|identif|conspicuous",
    "marknot": (
        r"whether or not.{0,60}(?:mark|identif|designat|label)|(?:reasonabl|should|"
        r"ought).{0,40}(?:understood|known|know|consider|recogni[sz]|regard|believe)|by (?:its|"
        r"their) nature|nature of the information|circumstances"
    ),
    "markwhen": (
        r"(?:mark|identif|designat|label|confirm|summari[sz]|reduced).{0,100}(?:confidential|"
        r"proprietary|writing)"
    ),
    "means": (
        r"confidential information.{0,30}(?:means|include|shall mean|is defined|refers|consist)|"
        r"(?:means|shall mean|defined as|includes?).{0,60}information"
    ),
    "anyinfo": r"\b(?:any|all)\b.{0,30}information",
    "business": r"business|financ|marketing|customer|commercial|personal|pricing|sales|employee",
    "technical": (
        r"technical|technolog|engineering|scientific|research|know-how|formula|design|software|"
        r"process|drawing|specification"
    ),
    "except": r"\bexcept|\bunless|other than|provided (?:that|however)|subject to|save (?:as|for)",
    "shallnot": r"\bnot\b|\bnor\b|\bneither\b|\bno\b|refrain|prohibit",
    "may": r"\bmay\b|permitted|entitled|allowed",
    "item": r"^\W*(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)]",
    "notinclude": r"(?:not|exclud).{0,60}(?:include|apply|information|deemed|considered|confidential)",
    "short": r"^.{0,60}$",
}


@dataclass(frozen=True, slots=True)
class Features:
    """A document's sentences: character ranges, dense features, and hashed word groups with weights.

    `dense_SD` holds the sentence vector and the cues; `groups_N` and `weights_N` hold the word groups of all
    sentences, those of sentence s from `firsts_S[s]` on.
    """

    places: tuple[Range, ...]
    dense_SD: Tensor
    groups_N: Tensor
    weights_N: Tensor
    firsts_S: Tensor


def openings(texts: Sequence[str]) -> list[str]:
    """For each sentence that is an item of a list, the end of the sentence that opens the list, else ""."""
    found, opening, age = [], "", 0
    for text in texts:
        age += 1
        found.append(opening if age <= _OPENING_REACH and _ITEM.match(text) else "")
        if _OPENS.search(text):
            opening, age = text[-_OPENING_CHARACTERS:], 0
    return found


def word_groups(text: str) -> set[int]:
    """Hashed words, pairs of neighbours, and pairs of neighbours without common words between them."""
    words = [without_ending(w, _ENDINGS) for w in _TOKEN.findall(text.lower().replace("licence", "license"))]
    rare = [w for w in words if w not in _COMMON]
    groups = set(rare) | {f"{a} {b}" for a, b in pairwise(words)}
    groups |= {f"{a}_{b}" for a, b in pairwise(rare)}
    return {zlib.crc32(group.encode()) % GROUPS for group in groups}


def _cue_row(text: str, opening: str) -> list[float]:
    return [1.0 if cue.search(text) else OPENING if opening and cue.search(opening) else 0.0 for cue in _CUES]


_CUES = tuple(re.compile(cue, re.IGNORECASE) for cue in CUES.values())


@torch.inference_mode()
def sentence_vectors(texts: Sequence[str], encoder: Encoder, pieces: WordPieces) -> Tensor:
    """Unit vectors `[S, E]` of sentences, of their first `SENTENCE_TOKENS` word pieces."""
    ids = [torch.tensor(pieces.encode(text)[0][:SENTENCE_TOKENS] or [0]) for text in texts]
    vectors = torch.zeros(len(ids), encoder.width)
    order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
    for i in range(0, len(order), BATCH):
        part = order[i : i + BATCH]
        lengths = torch.tensor([len(ids[j]) for j in part])
        padded = torch.nn.utils.rnn.pad_sequence([ids[j] for j in part], batch_first=True)
        vectors[part] = encoder.features(padded, lengths, tagged=False)[1]
    return vectors


def split(text: str) -> list[Range]:
    """The sentences that are judged."""
    return sentences(text, lines=True, items=True)


def features(text: str, places: Sequence[Range], vectors_SE: Tensor) -> Features:
    """Features of the sentences at these places of a text, whose vectors are given."""
    texts = [text[start:end] for start, end in places]
    opened = openings(texts)
    cues = torch.tensor([_cue_row(t, o) for t, o in zip(texts, opened, strict=True)]).view(
        len(texts), len(CUES)
    )
    groups: list[int] = []
    weights: list[float] = []
    firsts: list[int] = []
    for one, opening in zip(texts, opened, strict=True):
        firsts.append(len(groups))
        own = word_groups(one)
        lent = word_groups(opening) - own
        groups += sorted(own) + sorted(lent)
        weights += [1.0] * len(own) + [OPENING] * len(lent)
    return Features(
        tuple(places),
        torch.cat([vectors_SE, cues], dim=1),
        torch.tensor(groups, dtype=torch.long),
        torch.tensor(weights),
        torch.tensor(firsts, dtype=torch.long),
    )
