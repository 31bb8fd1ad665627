"""Full-text search over the pages of one matter, in SQLite (FTS5, bm25) and PostgreSQL (tsvector, ts_rank).

Both stem English words. What a user types is never handed to a query language: it is cut into words and
quoted phrases first.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from reviewapp.documents.models import Page
from reviewapp.matters.models import Matter

SNIPPET_CHARACTERS = 240
_SPACE = re.compile(r"\s+")
MOST_TERMS = 32
MOST_WORD_CHARACTERS = 64

MARK, UNMARK = "\x02", "\x03"
_TERM = re.compile(r'"([^"]*)"|([^"\s]+)')
WORD = re.compile(r"[^\W_]+")
_COMMON = frozenset(
    """a about above after again all also am an and any are as at be because been before being below between
    both but by can could did do does doing down during each few for from further had has have having he her
    here hers him his how i if in into is it its itself just me more most my no nor not now of off on once only
    or other our ours out over own same she should so some such than that the their theirs them then there
    these they this those through to too under until up very was we were what when where which while who whom
    why will with would you your yours document contract agreement say says state states tell give
    please""".split()
)


@dataclass(frozen=True)
class Hit:
    """A page that matches. `marks` are the matching words and (`start`, `end`) the passage to show, all in
    characters of the page's text; `score` orders hits and has no other meaning."""

    page: Page
    score: float
    start: int
    end: int
    marks: tuple[tuple[int, int], ...]

    @property
    def snippet(self) -> str:
        """The passage to show."""
        return self.page.text[self.start : self.end]


def search_pages(matter: Matter, query: str, limit: int = 20) -> list[Hit]:
    """The best pages that hold every word and quoted phrase of `query`; if none does, those that hold any."""
    terms = _terms(query)
    if not terms or limit < 1:
        return []
    find = _sqlite_pages if connection.vendor == "sqlite" else _postgresql_pages
    rows = find(matter, terms, " AND ", limit)
    if not rows and len(terms) > 1:
        rows = find(matter, terms, " OR ", limit)
    pages = Page.objects.select_related("document").in_bulk([row[0] for row in rows])
    return [hit_of(pages[key], score, marked) for key, score, marked in rows if key in pages]


def rank_documents(matter: Matter, text: str) -> dict[UUID, float]:
    """How well each document's best page matches the words of a question: the best document has 1.

    Documents without any of the words are left out. Rare words count more; common ones are ignored.
    """
    words = list(dict.fromkeys(word.lower() for term in _terms(text.replace('"', " ")) for word in term))
    content = [word for word in words if word not in _COMMON] or words
    if not content:
        return {}
    find = _sqlite_documents if connection.vendor == "sqlite" else _postgresql_documents
    scores = {document: score for document, score in find(matter, content) if score > 0}
    best = max(scores.values(), default=1.0)
    return {document: score / best for document, score in scores.items()}


def _terms(query: str) -> list[list[str]]:
    """Words, and phrases of several words; what is no word is dropped."""
    terms = []
    for quoted, plain in _TERM.findall(query[:10_000]):
        words = [word[:MOST_WORD_CHARACTERS] for word in WORD.findall(quoted or plain)]
        if words:
            terms.append(words)
    return terms[:MOST_TERMS]


# SQLite.

_SQLITE_PAGES = """
    SELECT p.id, -bm25(documents_page_search), highlight(documents_page_search, 0, %s, %s)
    FROM documents_page_search
    JOIN documents_page_row r ON r.id = documents_page_search.rowid
    JOIN documents_page p ON p.id = r.page_id
    JOIN documents_document d ON d.id = p.document_id
    WHERE documents_page_search MATCH %s AND d.matter_id = %s AND d.version_of_id IS NULL
    ORDER BY bm25(documents_page_search), d.name, p.number LIMIT %s
"""
# NB: the limit keeps SQLite from merging the two queries: bm25 has no meaning under GROUP BY and is refused there.
_SQLITE_DOCUMENTS = """
    SELECT document_id, max(score) FROM (
        SELECT p.document_id AS document_id, -bm25(documents_page_search) AS score
        FROM documents_page_search
        JOIN documents_page_row r ON r.id = documents_page_search.rowid
        JOIN documents_page p ON p.id = r.page_id
        JOIN documents_document d ON d.id = p.document_id
        WHERE documents_page_search MATCH %s AND d.matter_id = %s AND d.version_of_id IS NULL
        LIMIT -1
    ) GROUP BY document_id
"""


def _sqlite_pages(
    matter: Matter, terms: Sequence[list[str]], operator: str, limit: int
) -> list[tuple[UUID, float, str]]:
    match = operator.join(map(_phrase, terms))
    rows = rows_of(_SQLITE_PAGES, [MARK, UNMARK, match, matter.pk.hex, limit])
    return [(UUID(key), score, marked) for key, score, marked in rows]


def _sqlite_documents(matter: Matter, words: list[str]) -> list[tuple[UUID, float]]:
    match = " OR ".join(_phrase([word]) for word in words)
    return [(UUID(key), score) for key, score in rows_of(_SQLITE_DOCUMENTS, [match, matter.pk.hex])]


def _phrase(words: Iterable[str]) -> str:
    return '"' + " ".join(words) + '"'


# PostgreSQL.

_POSTGRESQL_PAGES = """
    SELECT p.id, ts_rank_cd(p.search, q.query, 1),
           ts_headline('english', p.text, q.query, %s)
    FROM documents_page p
    JOIN documents_document d ON d.id = p.document_id
    CROSS JOIN (SELECT {query} AS query) q
    WHERE p.search @@ q.query AND d.matter_id = %s AND d.version_of_id IS NULL
    ORDER BY 2 DESC, d.name, p.number LIMIT %s
"""
# NB: ts_rank does not know how rare a word is; the rarity here is that among the matter's own pages.
_POSTGRESQL_DOCUMENTS = """
    WITH asked AS (
        SELECT word, plainto_tsquery('english', word) AS query FROM unnest(%s::text[]) AS word
    ), found AS (
        SELECT p.id, p.document_id, a.word, ts_rank(p.search, a.query, 1) AS score
        FROM asked a
        JOIN documents_page p ON p.search @@ a.query
        JOIN documents_document d ON d.id = p.document_id
        WHERE d.matter_id = %s AND d.version_of_id IS NULL
    ), rarity AS (
        SELECT word, ln(1 + (
            SELECT count(*) FROM documents_page p JOIN documents_document d ON d.id = p.document_id
            WHERE d.matter_id = %s AND d.version_of_id IS NULL
        )::float / count(*)) AS weight FROM found GROUP BY word
    ), pages AS (
        SELECT f.document_id, sum(f.score * r.weight) AS score
        FROM found f JOIN rarity r USING (word) GROUP BY f.id, f.document_id
    )
    SELECT document_id, max(score) FROM pages GROUP BY document_id
"""
HEADLINE = f"HighlightAll=true, StartSel={MARK}, StopSel={UNMARK}"


def _postgresql_pages(
    matter: Matter, terms: Sequence[list[str]], operator: str, limit: int
) -> list[tuple[UUID, float, str]]:
    joined = {" AND ": " && ", " OR ": " || "}[operator].join(
        ["phraseto_tsquery('english', %s)"] * len(terms)
    )
    phrases = [" ".join(words) for words in terms]
    return rows_of(_POSTGRESQL_PAGES.format(query=joined), [HEADLINE, *phrases, matter.pk, limit])


def _postgresql_documents(matter: Matter, words: list[str]) -> list[tuple[UUID, float]]:
    return rows_of(_POSTGRESQL_DOCUMENTS, [words, matter.pk, matter.pk])


def rows_of(statement: str, parameters: list[Any]) -> list[Any]:
    """The rows of a statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())


# Where the words are.


def hit_of(page: Page, score: float, marked: str) -> Hit:
    """A page with its text as the database marked it, the words between `MARK` and `UNMARK`."""
    marks = _marks(page.text, marked)
    start, end = _passage(page.text, marks)
    return Hit(page, float(score), start, end, marks)


def _marks(text: str, marked: str) -> tuple[tuple[int, int], ...]:
    """Ranges between the marks. Empty when the database changed the text while marking it."""
    if marked.replace(MARK, "").replace(UNMARK, "") != text:
        return ()
    ranges, offset, start = [], 0, 0
    for piece in re.split(f"([{MARK}{UNMARK}])", marked):
        if piece == MARK:
            start = offset
        elif piece == UNMARK:
            ranges.append((start, offset))
        else:
            offset += len(piece)
    return tuple(ranges)


def _passage(text: str, marks: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The stretch with the most different marked words, widened to whole words."""
    if not marks:
        return 0, _word_end(text, min(len(text), SNIPPET_CHARACTERS))
    best, most = marks[0][0], 0
    for first, _ in marks:
        near = {
            text[s:e].lower() for s, e in marks if first <= s and e <= first + SNIPPET_CHARACTERS * 3 // 4
        }
        if len(near) > most:
            best, most = first, len(near)
    start = max(0, best - SNIPPET_CHARACTERS // 4)
    space = _SPACE.search(text, start, best) if start else None
    start = space.end() if space else start
    return start, _word_end(text, min(len(text), start + SNIPPET_CHARACTERS))


def _word_end(text: str, end: int) -> int:
    if end >= len(text):
        return len(text)
    spaces = list(_SPACE.finditer(text, max(0, end - 30), end))
    return spaces[-1].start() if spaces else end
