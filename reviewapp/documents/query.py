"""What people write into the search of a matter: words, "phrases", prefix*, AND, OR, NOT and brackets.

Words that stand beside each other are all wanted. Operators are written in capitals, so that "and" stays a word.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reviewapp.documents.search import MOST_TERMS, MOST_WORD_CHARACTERS, WORD
from reviewapp.frame.signs import DOUBLE_QUOTES

MOST_CHARACTERS = 500
_LEAST_PREFIX = 2
_DEEPEST = 20
_TOKEN = re.compile(r'"([^"]*)"(\*?)|(\()|(\))|([^\s()"]+)')
_PLAIN_QUOTES = {ord(sign): '"' for sign in DOUBLE_QUOTES}
_OPERATORS = frozenset({"AND", "OR", "NOT"})


class QueryError(Exception):
    """A query that cannot be read; the message tells people why, and what to write instead."""


@dataclass(frozen=True)
class Term:
    """Words that follow each other; with `prefix` the last may go on."""

    words: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True)
class Joined:
    """Parts of which all ("AND") or any ("OR") are wanted."""

    operator: str
    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Without:
    """What is not wanted."""

    part: "Node"


Node = Term | Joined | Without


def read_query(written: str) -> Node | None:
    """What is asked for; None where no word is. Raises QueryError."""
    text = written[:MOST_CHARACTERS].translate(_PLAIN_QUOTES)
    if text.count('"') % 2:
        raise QueryError("A quotation mark is open: close the phrase with another one.")
    tokens = list(_tokens(text))
    if sum(isinstance(token, Term) for token in tokens) > MOST_TERMS:
        raise QueryError(f"At most {MOST_TERMS} words and phrases can be searched for at once.")
    if not tokens:
        return None
    reading = _Reading(tokens)
    node = reading.either()
    if reading.now() is not None:
        raise QueryError("A bracket is closed that was not opened.")
    return node


def wanted_terms(node: Node, *, wanted: bool = True) -> list[Term]:
    """The terms that a page may be found by: those that are not under a NOT."""
    if isinstance(node, Term):
        return [node] if wanted else []
    if isinstance(node, Without):
        return wanted_terms(node.part, wanted=not wanted)
    return [term for part in node.parts for term in wanted_terms(part, wanted=wanted)]


def _tokens(text: str) -> Iterator[Term | str]:
    for quoted, star, opening, closing, plain in _TOKEN.findall(text):
        if opening or closing or plain in _OPERATORS:
            yield opening or closing or plain
            continue
        prefix = bool(star) or plain.endswith("*")
        words = [word[:MOST_WORD_CHARACTERS] for word in WORD.findall(quoted or plain)]
        if "*" in (quoted or plain).rstrip("*") or (prefix and not words):
            raise QueryError(
                "A * stands for how a word goes on: write it right after its beginning, as in terminat*."
            )
        if prefix and len(words[-1]) < _LEAST_PREFIX:
            raise QueryError(f"Before a * at least {_LEAST_PREFIX} letters are needed, as in terminat*.")
        if words:
            yield Term(tuple(words), prefix)


class _Reading:
    def __init__(self, tokens: list[Term | str]) -> None:
        self._tokens, self._at, self._depth = tokens, 0, 0

    def now(self) -> Term | str | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def either(self) -> Node:
        parts = [self._all()]
        while self.now() == "OR":
            self._at += 1
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else Joined("OR", tuple(parts))

    def _all(self) -> Node:
        parts = [self._one("")]
        while (now := self.now()) not in (None, "OR", ")"):
            if now == "AND":
                self._at += 1
            parts.append(self._one("AND" if now == "AND" else ""))
        return parts[0] if len(parts) == 1 else Joined("AND", tuple(parts))

    def _one(self, before: str) -> Node:
        now = self.now()
        self._at += 1
        if isinstance(now, Term):
            return now
        if now == "NOT":
            return Without(self._one("NOT"))
        if now == "(":
            return self._bracket()
        if now in ("AND", "OR"):
            raise QueryError(
                f"{now} needs words on both sides; to search for the word itself write it small."
            )
        if before or self._tokens[self._at - 2 : self._at - 1] == ["OR"]:
            raise QueryError(
                f"{before or 'OR'} needs words after it; to search for the word itself write it small."
            )
        raise QueryError("A bracket holds no words.")

    def _bracket(self) -> Node:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise QueryError("There are too many brackets inside each other.")
        inside = self.either()
        if self.now() != ")":
            raise QueryError("A bracket is open: close it with ).")
        self._at += 1
        self._depth -= 1
        return inside
