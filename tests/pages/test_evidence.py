"""From an answer to its evidence: which page opens, what is marked there, what is said beside it."""

import io
import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from playwright.sync_api import FloatRect, Locator, expect

from reviewapp.documents.actions import rename_document
from reviewapp.documents.models import Document
from reviewapp.frame.actor import Actor
from reviewapp.jobs.lifecycle import claim
from reviewapp.jobs.models import Job
from reviewapp.matters.actions import create_matter
from reviewapp.questions.models import Citation, Question
from reviewapp.questions.quotes import QuoteFacts
from reviewapp.questions.results import note_stage, store_cells
from reviewapp.questions.told import summary_told
from tests.pages.conftest import Enter, Open, text_of
from tests.pages.test_real_page import FIRST, lease
from tests.pages.world import (
    GOVERNED,
    LEASE,
    World,
    add_document,
    add_file,
    ask,
    finding,
    finish,
    nothing,
    people_and_matter,
    plan,
)

PAGES = [
    "The bonus begins here",
    "and goes on over a whole page",
    "until sixty thousand are paid.",
    "The end.",
]


def over_pages(world: World, first: str, last: str, answer: str) -> tuple[Document, Citation, Question]:
    """A quote from one word to another, with the answer's words marked in it."""
    document = add_document(world.matter, "Bonus.txt", PAGES)
    text = document.text()
    start, end, at = text.index(first), text.index(last) + len(last), text.index(answer)
    quote = QuoteFacts(start, end, text[start:end], "exact", 0.9, [(at, at + len(answer))])
    question = ask(world, "What bonus?", finding(document, "bonus", text=answer, quotes=[quote]))
    return document, Citation.objects.get(), question


@pytest.mark.parametrize(
    ("first", "last", "answer", "opens"),
    [
        ("bonus", "goes on", "bonus", 1),
        ("bonus", "goes on", "goes on", 2),
        ("bonus", "paid.", "sixty thousand", 3),
        ("bonus", "paid.", "whole page", 2),
        ("sixty", "paid.", "paid.", 3),
    ],
)
def test_the_page_of_the_answer_opens(
    empty: World, enter: Enter, first: str, last: str, answer: str, opens: int
) -> None:
    document, citation, question = over_pages(empty, first, last, answer)
    client = enter(empty.reviewer)
    link = f"{reverse('page', args=[document.pk, opens])}?citation={citation.pk}"
    assert citation.opens_at == opens
    for name, args in (("question", [question.pk]), ("questions", [empty.matter.pk])):
        assert f'href="{link}"' in text_of(client, name, *args)
    elsewhere = text_of(client, "page", document.pk, 4, citation=str(citation.pk))
    assert f"?n={opens}&amp;citation={citation.pk}" in elsewhere


def test_the_list_links_the_document_that_the_summary_names(empty: World, enter: Enter) -> None:
    one, two, three = (add_document(empty.matter, f"Lease {n}.pdf") for n in (1, 2, 3))
    dated = {"value_type": "date"}
    question = ask(
        empty,
        "Which agreement was signed first?",
        finding(one, GOVERNED, text="May 20, 1999", supported=True, **dated),
        finding(two, GOVERNED, text="May 20, 1992", **dated),
        nothing(three),
    )
    assert "Lease 2.pdf" in question.sentence
    of_second = Citation.objects.get(document=two)
    body = text_of(enter(empty.reviewer), "questions", empty.matter.pk)
    assert f"?citation={of_second.pk}" in body and str(one.pk) not in body.split('class="rows questions"')[1]


def test_no_document_is_told_twice_and_what_meets_comes_first(empty: World, enter: Enter) -> None:
    names = ("A.pdf", "B.pdf", "C.pdf", "Z.pdf")
    documents = [add_document(empty.matter, name) for name in names]
    no = [finding(one, GOVERNED, text="No", quotes=[]) for one in documents[:3]]
    yes = finding(documents[3], GOVERNED, text="Yes")
    question = ask(empty, "Which contracts have an arbitration clause?", *no, yes)
    told = [(group["value"], group["count"]) for group in question.summary["groups"]]
    assert told == [("with an arbitration clause", 1), ("without an arbitration clause", 3)]
    body = text_of(enter(empty.reviewer), "question", question.pk)
    table = body[body.index("<table") :]
    assert re.findall(r">([ABCZ]\.pdf)</a>", table) == ["Z.pdf", "A.pdf", "B.pdf", "C.pdf"]
    assert "(Z.pdf)" in question.sentence


def test_a_document_that_is_renamed_is_named_so_in_answers_that_there_are(empty: World, enter: Enter) -> None:
    one, two = (add_document(empty.matter, f"{name}.pdf") for name in ("Sykes", "Acme"))
    question = ask(
        empty,
        "Which agreement was signed first?",
        finding(one, GOVERNED, text="May 20, 1999", supported=True, value_type="date"),
        finding(two, GOVERNED, text="May 20, 1992", supported=True, value_type="date"),
    )
    assert "(Acme.pdf)" in question.sentence
    rename_document(two, "Landlord A.pdf", actor=Actor(empty.admin))
    question = Question.objects.get(pk=question.pk)
    told = summary_told(question)
    assert "(Landlord A.pdf)" in told["sentence"] and "documents" not in told
    assert "Landlord A.pdf" in "".join(told["folded"]["sentences"])
    assert "Acme" not in json.dumps([question.summary, told])
    client = enter(empty.reviewer)
    for name, key in (("questions", empty.matter.pk), ("question", question.pk), ("matter", empty.matter.pk)):
        body = text_of(client, name, key)
        assert "Acme.pdf" not in body and "(Landlord A.pdf)" in body
    two.delete()
    assert "(a document that is gone)" in summary_told(question)["sentence"]


def test_values_of_what_does_not_meet_are_told_in_its_place(empty: World) -> None:
    laws = ("California", "New York", "New York", "Texas")
    found = [
        finding(add_document(empty.matter, f"{n}.pdf"), GOVERNED, text=law, value_type="law")
        for n, law in enumerate(laws)
    ]
    question = ask(empty, "Which documents are governed by California law?", *found)
    told = [(group["value"], group["count"]) for group in question.summary["groups"]]
    assert told == [("California", 1), ("New York", 2), ("Texas", 1)]
    every = [document for group in question.summary["groups"] for document in group["documents"]]
    assert len(every) == len(set(every)) == 4


def test_other_answers_are_told_once_with_both_values(empty: World, enter: Enter) -> None:
    document = add_document(empty.matter, "Lease.pdf", LEASE)
    others = [
        {"text": text, "found_by": by, "probability": 0.2}
        for text, by in (
            ("Texas", "reader"),
            ("texas.", "state"),
            ("Ohio", "reader"),
            ("massachusetts", "rules"),
        )
    ]
    question = ask(empty, "Which law?", finding(document, GOVERNED, others=others))
    body = " ".join(text_of(enter(empty.reviewer), "question", question.pk).split())
    assert (
        body.count("Other answers were found too") == 1 and body.count("“Texas”") == body.count("“Ohio”") == 1
    )
    assert "The answer above is “Massachusetts” (from memory (saved states))" in body
    assert "“massachusetts”" not in body and "No second reading settles which one is right" in body


def test_a_waiting_question_says_what_waits_before_it(empty: World, enter: Enter) -> None:
    documents = [add_document(empty.matter, f"Lease {n}.pdf") for n in (1, 2)]
    before, question = ask(empty, "Which law?"), ask(empty, "Which court?")
    client = enter(empty.reviewer)
    body = " ".join(text_of(client, "question", question.pk).split())
    assert "Waiting for a worker, less than a minute so far; 1 question of this matter goes first." in body
    assert "goes first" not in text_of(client, "question", before.pk)
    for one in (before, question):
        job = one.job
        assert job is not None
        claim(str(job.pk), "test:1")
    job = Job.objects.get(pk=question.job.pk)  # type: ignore[union-attr]
    plan(question, *documents)
    note_stage(job, "finding", "")
    body = " ".join(text_of(client, "question", question.pk).split())
    assert "1 other question of this matter is being answered at the same time" in body
    assert "The 2 documents that are asked" in body and "<table" not in body
    with transaction.atomic():
        store_cells(question, [finding(documents[0], GOVERNED)])
    assert "not answered yet" in text_of(client, "question", question.pk)
    finish(question, nothing(documents[1]))
    assert "at the same time" not in text_of(client, "question", question.pk)


def test_what_is_told_of_waiting_is_true_and_stays_so(empty: World, enter: Enter) -> None:
    before, question = ask(empty, "Which law?"), ask(empty, "Which court?")
    elsewhere = ask(people_and_matter_of_others(empty), "Which law?")
    of = {one: Job.objects.filter(pk=one.job.pk) for one in (before, question, elsewhere)}  # type: ignore[union-attr]
    client, answer = enter(empty.reviewer), reverse("answer", args=[question.pk])

    def waits(seen: str = "") -> tuple[str, str]:
        response = client.get(answer, {"seen": seen})
        body = " ".join(response.content.decode().split())
        found = re.search(r'data-seen="([^"]*)"', body)
        return body, found[1] if found else ""

    body, seen = waits()
    assert "1 question of this matter goes first" in body, "that of another matter is not told of"
    assert client.get(answer, {"seen": seen}).status_code == 204
    # one that is tried again later, or is larger, does not go first
    of[before].update(not_before=timezone.now() + timedelta(hours=1))
    body, seen = waits(seen)
    assert "Waiting for a worker" in body and "goes first" not in body
    of[before].update(not_before=None, size=9)
    assert client.get(answer, {"seen": seen}).status_code == 204
    of[before].update(created_at=timezone.now() - timedelta(hours=7))
    assert "goes first" in waits(seen)[0], "it has waited long enough to go before smaller ones"
    of[question].update(created_at=timezone.now() - timedelta(minutes=5))
    assert "Waiting for a worker, about 6 minutes so far" in waits(seen)[0]
    of[question].update(not_before=timezone.now() + timedelta(hours=1))
    assert "It is tried again at" in waits(seen)[0]


def people_and_matter_of_others(world: World) -> World:
    matter = create_matter("Another", actor=Actor(world.admin))
    return replace(world, matter=matter)


def rows_of_light(picture: bytes, box: FloatRect) -> list[float]:
    """Of each row of points within a box the share on which black words have a contrast of 4.5 to 1."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    left, right = round(box["x"]) + 1, round(box["x"] + box["width"]) - 1
    top, bottom = round(box["y"]) + 1, round(box["y"] + box["height"]) - 1
    rows = [[_luminance(image.getpixel((x, y))) for x in range(left, right)] for y in range(top, bottom)]
    return [sum((light + 0.05) / 0.05 >= 4.5 for light in row) / len(row) for row in rows]


def _luminance(point: object) -> float:
    assert isinstance(point, tuple)
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in (p / 255 for p in point)]
    return float(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])


def is_whole(part: Locator) -> bool:
    """Whether nothing of an element is hidden within it."""
    whole: bool = part.evaluate(
        "e => e.scrollHeight <= e.clientHeight + 1 && e.scrollWidth <= e.clientWidth + 1"
    )
    return whole


@pytest.mark.browser
@pytest.mark.timeout(900)
def test_words_of_an_answer_are_read_through_its_mark_and_the_quote_is_whole(opened: Open) -> None:
    world = people_and_matter()
    document = add_file(world.matter, "Lease.pdf", lease((FIRST, "")))
    text = document.text()
    start, answer = text.index("This Agreement"), text.index("governed")
    quote = QuoteFacts(
        start, len(text), text[start:], "exact", 0.97, [(answer, answer + len("governed by the laws"))]
    )
    ask(world, "Which law governs?", finding(document, "LEASE", quotes=[quote]))
    where = f"{reverse('page', args=[document.pk, 1])}?citation={Citation.objects.get().pk}"
    for width in (1280, 390):
        page = opened(world.reviewer, viewport={"width": width, "height": 800}).go(where)
        marked = page.locator("rect.answer")
        expect(marked).to_have_count(1)
        page.evaluate("document.querySelector('svg image').decode?.()")
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(600)
        box = marked.bounding_box()
        assert box
        rows = rows_of_light(page.screenshot(), box)
        assert rows and min(rows) > 0.25, (width, rows)
        assert is_whole(page.locator(".quoted blockquote")) and is_whole(page.locator("#pinpoint"))
    # What cannot be scrolled is no stop for the keyboard.
    column = page.get_by_role("region", name="The quote and its citation")
    expect(column).not_to_have_attribute("tabindex", "0")


@pytest.mark.browser
@pytest.mark.timeout(900)
def test_a_quote_that_is_taller_than_the_window_shows_its_answer(opened: Open) -> None:
    world = people_and_matter()
    long = "This point is of no matter here. " * 120
    document = add_document(world.matter, "Long.txt", [f"{long}The fee is USD 5. {long}"])
    text = document.text()
    at = text.index("USD 5")
    quote = QuoteFacts(0, len(text), text, "exact", 0.9, [(at, at + 5)])
    ask(world, "What fee?", finding(document, "USD 5", text="USD 5", quotes=[quote]))
    where = f"{reverse('page', args=[document.pk, 1])}?citation={Citation.objects.get().pk}"
    page = opened(world.reviewer).go(where)
    mark = page.locator(".aside mark")
    expect(mark).to_be_in_viewport()
    within = """mark => {
        const [one, column] = [mark, mark.closest(".aside")].map((each) => each.getBoundingClientRect());
        return column.top <= one.top && one.bottom <= column.bottom;
    }"""
    # the column is laid out, and moved to its mark, while the page settles
    for _ in range(100):
        if mark.evaluate(within):
            break
        page.wait_for_timeout(50)
    assert mark.evaluate(within)
    region = page.get_by_role("region", name="The quote and its citation")
    expect(region).to_have_attribute("tabindex", "0")
    page.set_viewport_size({"width": 600, "height": 800})
    expect(region).not_to_have_attribute("tabindex", "0")


@pytest.mark.browser
@pytest.mark.timeout(900)
def test_the_list_of_documents_fits_a_wide_screen(opened: Open) -> None:
    world = people_and_matter()
    add_document(
        world.matter, "ATMOSENERGYCORP_11_22_2002-EX-10.17-TRANSPORTATION_SERVICE_AGREEMENT" * 2 + ".pdf"
    )
    page = opened(world.reviewer, viewport={"width": 1400, "height": 900}).go(
        reverse("documents", args=[world.matter.pk])
    )
    box, cell = page.locator(".tablebox").bounding_box(), page.locator("[data-label=State]").bounding_box()
    assert box and cell
    assert cell["x"] + cell["width"] <= box["x"] + box["width"] + 1
