"""Quotes are marked where they stand, whatever the text around them is made of."""

import html
import re

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import expect

from reviewapp.documents.models import Page
from reviewapp.frame.actor import Actor
from reviewapp.frame.marking import cut, read_ranges, within, write_ranges
from reviewapp.questions.models import Citation
from tests.pages.conftest import Enter, Open
from tests.pages.full_world import briefed
from tests.pages.world import LEASE, World, add_document, ask, finding, people_and_matter

ranges = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6)


def shown(body: bytes) -> tuple[list[str], list[str]]:
    """The words of the page as a browser shows them, and those that are marked."""
    inner = re.search(r'<div class="pagetext[^"]*">(.*?)</div>', body.decode(), re.DOTALL)
    assert inner
    marks = re.findall(r"<mark[^>]*>(.*?)</mark>", inner[1], re.DOTALL)
    plain = re.sub(r"</?(?:mark|p)\b[^>]*>", "", inner[1])
    return html.unescape(plain).split(), html.unescape(" ".join(marks)).split()


@given(st.text(max_size=50), ranges)
def test_pieces_join_to_the_text_and_mark_exactly_the_ranges(text: str, marks: list[tuple[int, int]]) -> None:
    pieces = cut(text, marks)
    assert "".join(piece.text for piece in pieces) == text
    marked = [flag for piece in pieces for flag in [piece.marked] * len(piece.text)]
    assert marked == [any(start <= at < end for start, end in marks) for at in range(len(text))]
    assert all(piece.text for piece in pieces)


@given(st.text(max_size=50), ranges, ranges)
def test_the_words_of_the_answer_are_marked_too_and_told_apart(
    text: str, marks: list[tuple[int, int]], answer: list[tuple[int, int]]
) -> None:
    pieces = cut(text, marks, answer=answer)
    assert "".join(piece.text for piece in pieces) == text
    told = [(piece.marked, piece.answer) for piece in pieces for _ in piece.text]
    assert told == [
        (any(a <= at < b for a, b in [*marks, *answer]), any(a <= at < b for a, b in answer))
        for at in range(len(text))
    ]


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), max_size=20))
def test_ranges_come_back_from_an_address(written: list[tuple[int, int]]) -> None:
    assert read_ranges(write_ranges(written)) == written


@pytest.mark.parametrize(
    "nonsense", ["", "x", "1-", "-1-2", "1-2x", "1--2", "٣-٤", "9" * 30 + "-1", "<b>1-2"]
)
def test_nonsense_in_an_address_marks_nothing(nonsense: str) -> None:
    assert cut("some text", [r for r in read_ranges(nonsense) if r[1] > r[0]]) == cut("some text", [])


def test_parts_of_a_range_on_a_page() -> None:
    assert within([(5, 25)], 10, 20) == [(0, 10)]
    assert within([(12, 15)], 10, 20) == [(2, 5)]
    assert within([(0, 10), (20, 30)], 10, 20) == []


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("\n\n  Leading blank lines.\n The quote\n\tgoes  on.\n", "The quote\n\tgoes  on."),
        ("A & B <b>bold</b> &amp; 'C' \"D\"", "<b>bold</b> &amp; 'C'"),
        ("Smith \U0001f600 & Söhne, naïve e\u0301, 中文, the end", "& Söhne, naïve e\u0301, 中文"),
        ("starts the page", "starts"),
        ("ends the page", "page"),
        ("x", "x"),
        ("{{ settings.SECRET_KEY }} {% load x %}", "{% load x %}"),
    ],
)
def test_the_quote_is_marked_at_any_offset(empty: World, enter: Enter, text: str, quote: str) -> None:
    document = add_document(empty.matter, "Odd.txt", ["First page & more.", text, "Last page."])
    facts = finding(document, quote)
    start = document.text().index(text) + text.index(quote)
    place = facts.quotes[0].__class__(start, start + len(quote), quote, "exact", 1.0)
    question = ask(empty, "What?", finding(document, quote, quotes=[place]))
    citation = Citation.objects.get(answer__question=question)
    assert citation.page.number == 2
    client = enter(empty.reviewer)
    answer = client.get(reverse("question", args=[question.pk])).content.decode()
    link = f"{reverse('page', args=[document.pk, 2])}?citation={citation.pk}"
    assert f'href="{link}"' in answer
    assert shown(client.get(link).content) == (text.split(), quote.split())


def test_a_quote_over_two_pages_is_marked_on_both(empty: World, enter: Enter) -> None:
    document = add_document(empty.matter, "Two.txt", LEASE)
    quote = document.text()[document.text().index("conflicts of law.") : document.text().index(". Notices")]
    question = ask(empty, "What?", finding(document, quote))
    citation = Citation.objects.get(answer__question=question)
    client = enter(empty.reviewer)
    parts = [
        shown(client.get(reverse("page", args=[document.pk, n]), {"citation": str(citation.pk)}).content)[1]
        for n in (1, 2, 3)
    ]
    assert parts == [[], ["conflicts", "of", "law."], ["5"]]
    elsewhere = client.get(reverse("page", args=[document.pk, 1]), {"citation": str(citation.pk)})
    assert "It is not on this page" in elsewhere.content.decode()


def test_the_words_of_the_answer_stand_out_in_the_quote(empty: World, enter: Enter) -> None:
    document = add_document(empty.matter, "Lease.txt", ["The rent is EUR 900 a month & due at once."])
    question = ask(empty, "What is the rent?", finding(document, "rent is EUR 900 a month & due"))
    citation = Citation.objects.get(answer__question=question)
    citation.marked = [[8, 15]]
    citation.save()
    address = reverse("page", args=[document.pk, 1])
    body = enter(empty.reviewer).get(address, {"citation": str(citation.pk)}).content.decode()
    page = body.partition('<div class="pagetext')[2].partition("</div>")[0]
    marks = re.findall(r"<mark([^>]*)>(.*?)</mark>", page, re.DOTALL)
    assert [(words, 'class="answer"' in attributes) for attributes, words in marks] == [
        ("rent is ", False), ("EUR 900", True), (" a month &amp; due", False)
    ]  # fmt: skip


def test_a_citation_of_another_document_or_matter_is_not_available(world: World, enter: Enter) -> None:
    citation = Citation.objects.get(answer__question=world.questions["answered"])
    other = add_document(world.matter, "Other.txt")
    client = enter(world.reviewer)
    for document, key in [(other, citation.pk), (world.documents["ready"], "nonsense")]:
        assert client.get(reverse("page", args=[document.pk, 1]), {"citation": str(key)}).status_code == 404


@pytest.mark.parametrize("number", [0, 4, 10**12])
def test_pages_that_are_not_there(empty: World, enter: Enter, number: int) -> None:
    document = add_document(empty.matter, "Lease.pdf")
    assert enter(empty.reviewer).get(reverse("page", args=[document.pk, number])).status_code == 404


@pytest.mark.parametrize(
    ("asked", "given_page"), [("2", 2), ("99", 3), ("0", 1), ("x", 1), ("٣", 1), ("", 1)]
)
def test_the_page_box_leads_to_the_nearest_page(
    empty: World, enter: Enter, asked: str, given_page: int
) -> None:
    document = add_document(empty.matter, "Lease.pdf")
    response = enter(empty.reviewer).get(reverse("document", args=[document.pk]), {"n": asked})
    assert response.headers["Location"] == reverse("page", args=[document.pk, given_page])


def test_search_leads_to_the_page_with_its_words_marked(empty: World, enter: Enter) -> None:
    document = add_document(empty.matter, "Lease.pdf")
    client = enter(empty.reviewer)
    body = client.get(reverse("search", args=[empty.matter.pk]), {"q": "governing laws"}).content.decode()
    link = html.unescape(re.findall(r'href="(/documents/[^"]*at=[^"]*)"', body)[0])
    page = Page.objects.get(document=document, number=2)
    text, marks = shown(client.get(link).content)
    assert text == page.text.split()
    assert {mark.lower() for mark in marks} >= {"governing", "law"}


@pytest.mark.parametrize("query", ["", '"', "*", "AND OR NOT", "a:b (c)", "%00", "x" * 5000, "\\", "'; --"])
def test_search_takes_any_words(empty: World, enter: Enter, query: str) -> None:
    add_document(empty.matter, "Lease.pdf")
    assert (
        enter(empty.reviewer).get(reverse("search", args=[empty.matter.pk]), {"q": query}).status_code == 200
    )


def test_search_stays_in_its_matter(world: World, enter: Enter) -> None:
    from reviewapp.matters.actions import create_matter

    other = create_matter("Other", actor=Actor(world.staff))
    add_document(other, "Secret plan.pdf", ["zebra crossing"])
    body = (
        enter(world.reviewer).get(reverse("search", args=[world.matter.pk]), {"q": "zebra"}).content.decode()
    )
    assert "Secret plan" not in body
    assert "No document has" in body


@pytest.mark.browser
@pytest.mark.timeout(600)
def test_the_quote_is_brought_into_view_though_the_brief_has_marked_words_too(opened: Open) -> None:
    world = people_and_matter()
    recitals = "\n".join(f"Line {number} of the recitals." for number in range(200))
    quote = "Nothing is waived"
    lease = add_document(world.matter, "Lease.pdf", [*LEASE, f"{recitals}\n{quote}.\n{recitals}"])
    briefed(lease)
    ask(world, "What is waived?", finding(lease, quote))
    citation = Citation.objects.get()
    address = reverse("page", args=[lease.pk, len(LEASE) + 1])
    page = opened(world.reviewer).go(f"{address}?citation={citation.pk}")
    assert page.locator(".brief mark").count()
    expect(page.locator(".sheet mark")).to_be_focused()
    expect(page.locator(".sheet mark")).to_be_in_viewport(ratio=1)
