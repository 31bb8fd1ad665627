"""Whether a question is in a language that questions are not understood in: told by the little words of it."""

from __future__ import annotations

import re
import unicodedata

#: Words that questions in English have and the other languages have not.
_ENGLISH = frozenset(
    "the of to and what which who when where how does do did is are was were can may must shall will would has have had "
    "there any each all it its this that for with by at from not if be or we you they give list show under".split()
)
#: German, French, Spanish, Italian, Portuguese and Dutch, without words that English has too.
_OTHERS = frozenset(
    "wann wer wie welche welcher welches welchem welchen wo wieviel der das den dem ein eine einer eines einem ist sind wird "
    "werden hat haben kann darf muss mit von für zum zur nach nicht und oder auf bei im gibt es sich zu vertrag vertrages "
    "quel quelle quels quelles est sont la le les du des aux une dans pour qui que quand où combien comment et sur avec ce "
    "cette peut contrat durée loi "
    "cuál cual cuáles qué cuándo cuando quién quien dónde donde cuánto cuanto el los las del de es son una en por para con "
    "se puede contrato ley "
    "quale quali chi dove quanto il gli della è sono nel nella per può contratto di che legge scade "
    "qual quais quem onde da das são um uma na com pode "
    "wat wanneer welke hoeveel waar het een zijn van voor niet kan mag dit overeenkomst".split()
)
_WORD = re.compile(r"[^\W\d_]+")
#: So many such words tell a language, where English ones are fewer; of one or two words no language can be told.
_LEAST = 2


def is_foreign(question: str) -> bool:
    """Whether a question is in another language than English, or in another script."""
    words = [unicodedata.normalize("NFC", word.lower()) for word in _WORD.findall(question)]
    letters = "".join(words)
    if letters and sum("a" <= c <= "z" or "À" <= c <= "ɏ" for c in letters) < len(letters) / 2:
        return True
    others = sum(word in _OTHERS for word in words)
    return others >= _LEAST and others > sum(word in _ENGLISH for word in words)
