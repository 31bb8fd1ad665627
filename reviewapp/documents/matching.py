"""Documents of a matter that a query finds, in their text or by their file names, with their pages counted.

AND, OR and NOT are of whole documents: "rent NOT tax" finds documents that nowhere speak of tax.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, overload
from uuid import UUID

from django.db import connection

from reviewapp.documents.models import Document, Page
from reviewapp.documents.query import Joined, Node, Term, Without, wanted_terms
from reviewapp.documents.search import HEADLINE, MARK, UNMARK, Hit, hit_of, rows_of
from reviewapp.matters.models import Matter

Parameters = list[Any]
_LEAST_STEMMED = 4
_ENDINGS = "e ed er es ing ion ions ive or al able ation ity ly ment".split()


@dataclass(frozen=True)
class Match:
    """A document that is found: how many of its pages hold words of the query, and the best of these."""

    document: Document
    pages: int
    by_name: bool
    hits: tuple[Hit, ...] = ()

    @property
    def more(self) -> int:
        """How many of its pages are not among the hits."""
        return self.pages - len(self.hits)


class Matches(Sequence[Match]):
    """The documents of a matter that a query finds, those with the most pages first; read a part at a time.

    `hits` is how many pages of each are brought. With `only` this document alone is looked at.
    """

    def __init__(self, matter: Matter, query: Node, hits: int, only: UUID | None = None) -> None:
        self._matter, self._hits, self._only = matter, hits, only
        self._terms = wanted_terms(query)
        self._where, self._parameters = _where(query, matter)

    def __len__(self) -> int:
        ((count,),) = rows_of(f"SELECT count(*) FROM ({self._found()}) AS f", self._found_parameters())  # noqa: S608
        return int(count)

    @overload
    def __getitem__(self, index: int) -> Match: ...
    @overload
    def __getitem__(self, index: slice) -> list[Match]: ...
    def __getitem__(self, index: int | slice) -> Match | list[Match]:
        if isinstance(index, int):
            return self[index : index + 1][0]
        start, stop = index.start or 0, index.stop if index.stop is not None else len(self)
        # NB: values are parameters throughout; what is put together here are this module's own words.
        statement = f"{self._found()} ORDER BY pages DESC, d.name, d.id LIMIT %s OFFSET %s"
        rows = rows_of(statement, [*self._found_parameters(), max(0, stop - start), start])
        found = [(_key(key), pages, bool(named)) for key, pages, named in rows]
        # NB: an earlier version of a document is one that can be looked at alone.
        documents = Document.every.in_bulk([key for key, _, _ in found])
        hits = self._hits_of([key for key, pages, _ in found if pages])
        return [
            Match(documents[key], pages, named, tuple(hits.get(key, ())))
            for key, pages, named in found
            if key in documents
        ]

    def _found(self) -> str:
        counted, _ = self._counted()
        named, _ = _any_name(self._terms)
        only = "AND d.id = %s" if self._only else "AND d.version_of_id IS NULL"
        return f"""
            SELECT d.id, coalesce(c.pages, 0) AS pages, CASE WHEN {named} THEN 1 ELSE 0 END AS named
            FROM documents_document d LEFT JOIN ({counted}) c ON c.document_id = d.id
            WHERE d.matter_id = %s AND ({self._where}) {only}
        """  # noqa: S608

    def _found_parameters(self) -> Parameters:
        _, names = _any_name(self._terms)
        _, counted = self._counted()
        only = [_value(self._only)] if self._only else []
        return [*names, *counted, _value(self._matter.pk), *self._parameters, *only]

    def _counted(self) -> tuple[str, Parameters]:
        """Pages that hold a wanted term, counted by document."""
        if not self._terms:
            return "SELECT p.document_id, 0 AS pages FROM documents_page p WHERE 1 = 0", []
        statement, parameters = _pages_with(self._terms, self._matter)
        return (
            f"SELECT w.document_id, count(*) AS pages FROM ({statement}) w GROUP BY w.document_id",  # noqa: S608
            parameters,
        )

    def _hits_of(self, documents: list[UUID]) -> dict[UUID, list[Hit]]:
        """The best pages of each document, with their words marked."""
        if not documents or not self._terms:
            return {}
        rows = _best_pages(self._terms, documents, self._hits)
        marked = dict(_marked(self._terms, [key for key, _ in rows]))
        pages = Page.objects.select_related("document").in_bulk(list(marked))
        hits: dict[UUID, list[Hit]] = {}
        for key, score in rows:
            if key in pages:
                hits.setdefault(pages[key].document_id, []).append(hit_of(pages[key], score, marked[key]))
        return hits


def _where(node: Node, matter: Matter) -> tuple[str, Parameters]:
    """The condition on a document `d` that a query makes."""
    if isinstance(node, Term):
        pages, parameters = _pages_with([node], matter)
        named, names = _any_name([node])
        # NB: words that PostgreSQL does not index, such as "the", are on every page.
        everywhere, empty = (
            ("numnode(" + _tsquery(node)[0] + ") = 0 OR", _tsquery(node)[1]) if _is_postgresql() else ("", [])
        )
        condition = f"({everywhere} d.id IN (SELECT w.document_id FROM ({pages}) w) OR {named})"  # noqa: S608
        return condition, [*empty, *parameters, *names]
    if isinstance(node, Without):
        condition, parameters = _where(node.part, matter)
        return f"NOT {condition}", parameters
    return _joined(node, matter)


def _joined(node: Joined, matter: Matter) -> tuple[str, Parameters]:
    parts = [_where(part, matter) for part in node.parts]
    condition = f" {node.operator} ".join(part for part, _ in parts)
    return f"({condition})", [value for _, values in parts for value in values]


def _any_name(terms: Iterable[Term]) -> tuple[str, Parameters]:
    """Whether the name of a document `d` holds all words of one of the terms."""
    like = "d.name ILIKE %s" if _is_postgresql() else "d.name LIKE %s"
    conditions, parameters = ["1 = 0"], list[Any]()
    for term in terms:
        conditions.append("(" + " AND ".join([like] * len(term.words)) + ")")
        parameters += [f"%{word}%" for word in term.words]
    return "(" + " OR ".join(conditions) + ")", parameters


def _pages_with(terms: Sequence[Term], matter: Matter) -> tuple[str, Parameters]:
    """The pages of a matter that hold one of the terms."""
    if _is_postgresql():
        query, words = _any_tsquery(terms)
        return (
            f"""SELECT p.id, p.document_id FROM documents_page p
            JOIN documents_document m ON m.id = p.document_id AND m.matter_id = %s WHERE p.search @@ ({query})""",  # noqa: S608
            [matter.pk, *words],
        )
    return (
        """SELECT p.id, p.document_id FROM documents_page_search
        JOIN documents_page_row r ON r.id = documents_page_search.rowid
        JOIN documents_page p ON p.id = r.page_id
        JOIN documents_document m ON m.id = p.document_id AND m.matter_id = %s
        WHERE documents_page_search MATCH %s""",
        [matter.pk.hex, _fts5(terms)],
    )


def _best_pages(terms: Sequence[Term], documents: list[UUID], most: int) -> list[tuple[UUID, float]]:
    """The best pages of each document with their scores, the best first."""
    among = ", ".join(["%s"] * len(documents))
    keys = [_value(key) for key in documents]
    if _is_postgresql():
        query, words = _any_tsquery(terms)
        scored = f"""SELECT p.id, p.document_id, p.number, ts_rank_cd(p.search, q.query, 1) AS score
            FROM documents_page p CROSS JOIN (SELECT ({query}) AS query) q
            WHERE p.search @@ q.query AND p.document_id IN ({among})"""  # noqa: S608
        parameters = [*words, *keys]
    else:
        # NB: the limit keeps SQLite from merging the queries: bm25 is refused beside window functions.
        scored = f"""SELECT p.id, p.document_id, p.number, -bm25(documents_page_search) AS score
            FROM documents_page_search
            JOIN documents_page_row r ON r.id = documents_page_search.rowid
            JOIN documents_page p ON p.id = r.page_id
            WHERE documents_page_search MATCH %s AND p.document_id IN ({among}) LIMIT -1"""  # noqa: S608
        parameters = [_fts5(terms), *keys]
    statement = f"""SELECT id, score FROM (
            SELECT s.id, s.score, s.number,
                row_number() OVER (PARTITION BY s.document_id ORDER BY s.score DESC, s.number) AS place
            FROM ({scored}) s
        ) AS best WHERE place <= %s ORDER BY score DESC, number"""  # noqa: S608
    return [(_key(key), float(score)) for key, score in rows_of(statement, [*parameters, most])]


def _marked(terms: Sequence[Term], pages: list[UUID]) -> list[tuple[UUID, str]]:
    """The texts of pages with the words of the terms between marks."""
    among = ", ".join(["%s"] * len(pages))
    keys = [_value(key) for key in pages]
    if not pages:
        return []
    if _is_postgresql():
        query, words = _any_tsquery(terms)
        statement = f"""SELECT p.id, ts_headline('english', p.text, ({query}), %s)
            FROM documents_page p WHERE p.id IN ({among})"""  # noqa: S608
        rows = rows_of(statement, [*words, HEADLINE, *keys])
    else:
        statement = f"""SELECT p.id, highlight(documents_page_search, 0, %s, %s) FROM documents_page_search
            JOIN documents_page_row r ON r.id = documents_page_search.rowid
            JOIN documents_page p ON p.id = r.page_id
            WHERE documents_page_search MATCH %s AND p.id IN ({among})"""  # noqa: S608
        rows = rows_of(statement, [MARK, UNMARK, _fts5(terms), *keys])
    return [(_key(key), text) for key, text in rows]


def _fts5(terms: Iterable[Term]) -> str:
    phrases = []
    for term in terms:
        before = " ".join(term.words[:-1])
        phrases.append('"' + " ".join(term.words) + '"' + ("*" if term.prefix else ""))
        phrases += [f'"{before} {form}"' for form in _forms(term)]
    return " OR ".join(phrases)


def _forms(term: Term) -> list[str]:
    """Usual words that begin as the last word of a prefix does.

    NB: what is indexed are stems: that of "termination" is shorter than the prefix "terminat", and is found by these.
    """
    last = term.words[-1]
    return [last + ending for ending in _ENDINGS] if term.prefix and len(last) >= _LEAST_STEMMED else []


def _any_tsquery(terms: Iterable[Term]) -> tuple[str, Parameters]:
    made = [_tsquery(term) for term in terms]
    return " || ".join(query for query, _ in made), [word for _, words in made for word in words]


def _tsquery(term: Term) -> tuple[str, Parameters]:
    if term.prefix:
        # NB: a term's words hold letters and digits only.
        last = " | ".join([term.words[-1] + ":*", *_forms(term)])
        return "to_tsquery('english', %s)", [" <-> ".join([*term.words[:-1], f"({last})"])]
    return "phraseto_tsquery('english', %s)", [" ".join(term.words)]


def _is_postgresql() -> bool:
    return connection.vendor == "postgresql"


def _value(key: UUID) -> Any:
    return key if _is_postgresql() else key.hex


def _key(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(str(value))
