"""The page of a question that many documents answer: filling, summed up, narrowed, asked further."""

from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from playwright.sync_api import expect

from consolidation.asking.understand import understand
from gpu_worker.summary import summarise
from reviewapp.documents.models import Document
from reviewapp.frame.actor import Actor
from reviewapp.jobs.lifecycle import claim
from reviewapp.kin.models import Likeness
from reviewapp.matters.actions import create_matter
from reviewapp.questions import asking
from reviewapp.questions.actions import ask_question
from reviewapp.questions.models import Answer, Question
from reviewapp.questions.results import current_cells, finish_question, note_stage, store_cells, store_summary
from tests.pages.conftest import Enter, Open, text_of
from tests.pages.world import (
    GOVERNED,
    World,
    add_document,
    ask,
    finding,
    finish,
    nothing,
    people_and_matter,
    plan,
)


def leases(world: World, number: int) -> list[Document]:
    return [add_document(world.matter, f"Lease {n}.pdf") for n in range(1, number + 1)]


def test_a_value_leads_to_the_documents_that_say_it(empty: World, enter: Enter) -> None:
    one, two, three = leases(empty, 3)
    question = ask(
        empty, "Which law?", finding(one, GOVERNED), finding(two, GOVERNED, text="Delaware"), nothing(three)
    )
    client, key = enter(empty.reviewer), question.pk
    places = [group["value"] for group in question.summary["groups"]]
    body = text_of(client, "question", key, value=str(places.index("Delaware")))
    assert "Lease 2.pdf" in body and f'id="cell-{question.answers.get(document=one).pk}"' not in body
    body = text_of(client, "answer", key, state="not_found")
    assert "Lease 3.pdf" in body and "Lease 1.pdf" not in body
    for nonsense in ("99", "-1", "x", "٣", "9" * 30):
        assert "Lease 1.pdf" in text_of(client, "answer", key, value=nonsense, state="nonsense")


def test_answers_with_a_condition_are_told_and_lead_to_their_documents(empty: World, enter: Enter) -> None:
    one, two, three = leases(empty, 3)
    unless = "unless the landlord agrees in writing"
    facts = {"text": "No", "value_type": "free"}
    question = ask(
        empty, "Do these allow subletting?", finding(one, GOVERNED, **facts, condition=unless),
        finding(two, GOVERNED, **facts), finding(three, GOVERNED, **facts | {"text": "Yes"}),
    )  # fmt: skip
    client, key = enter(empty.reviewer), question.pk
    assert question.summary["sentence"].endswith("1 document states a condition.")
    counted = {group["value"]: group["conditional"] for group in question.summary["groups"]}
    assert counted["No"] == 1 and counted["Yes"] == 0
    place = [group["value"] for group in question.summary["groups"]].index("No")
    body = client.get(reverse("question", args=[key])).content.decode()
    link = f"?value={place}&amp;state=conditional"
    assert f'<a class="small" href="{link}"' in body and "1 with a condition" in body
    body = text_of(client, "answer", key, value=str(place), state="conditional")
    assert f'id="cell-{question.answers.get(document=one).pk}"' in body
    assert f'id="cell-{question.answers.get(document=two).pk}"' not in body
    single = ask(empty, "Does Lease 1 allow it?", finding(one, GOVERNED, **facts, condition=unless))
    assert single.summary["sentence"] == f"No, but see “{unless}”"


def test_other_words_than_were_asked_are_told_with_the_answer_that_they_brought(
    empty: World, enter: Enter
) -> None:
    one, two = leases(empty, 2)
    other = finding(one, GOVERNED, provenance={"read_as": "May it be <terminated>?"})
    question = ask(empty, "May it be called off?", other, finding(two, GOVERNED))
    single = ask(empty, "May Lease 1 be called off?", other)
    client = enter(empty.reviewer)
    assert text_of(client, "answer", question.pk).count("Found by other words than were asked") == 1
    for page in (text_of(client, "question", single.pk), text_of(client, "cell", single.answers.get().pk)):
        assert "“May it be &lt;terminated&gt;?”" in page


def test_what_was_reckoned_says_from_what_and_that_no_quote_says_so(empty: World, enter: Enter) -> None:
    one, two = leases(empty, 2)
    how = {"reckoned": "12 times $4,000"}
    counted = finding(one, GOVERNED, text="$48,000", provenance=how)
    question = ask(empty, "What does it come to in a year?", counted, finding(two, GOVERNED))
    single = ask(empty, "What does Lease 1 come to in a year?", counted)
    client = enter(empty.reviewer)
    assert (
        text_of(client, "answer", question.pk).count("Reckoned: 12 times $4,000. No quote says so itself.")
        == 1
    )
    page = text_of(client, "question", single.pk)
    assert "Reckoned: 12 times $4,000. No quote says so itself." in page
    assert "Reckoned from what the quotes state. Whether it answers the question is for you to see." in page
    sure = ask(
        empty,
        "When is Lease 1 over?",
        finding(one, GOVERNED, supported=True, provenance={"reckoned": "June 1 is 3 days after May 29"}),
    )
    page = text_of(client, "question", sure.pk)
    assert "Reckoned: June 1 is 3 days after May 29." in page and "Reckoned from what" not in page


def test_the_table_comes_in_parts_and_in_few_queries(
    empty: World, enter: Enter, django_assert_max_num_queries: object
) -> None:
    documents = leases(empty, 101)
    question = ask(empty, "Which law?", finding(documents[0], GOVERNED), *map(nothing, documents[1:]))
    client = enter(empty.reviewer)
    with django_assert_max_num_queries(24):  # type: ignore[operator]
        first = text_of(client, "answer", question.pk)
    assert first.count('id="cell-') == 100 and "1 to 100 of 101" in first
    assert text_of(client, "answer", question.pk, part="2").count('id="cell-') == 1


def test_nothing_comes_back_while_nothing_changes(empty: World, enter: Enter) -> None:
    one, two = leases(empty, 2)
    question = ask(empty, "Which law?")
    plan(question, one, two)
    client, where = enter(empty.reviewer), reverse("answer", args=[question.pk])
    seen = text_of(client, "answer", question.pk).split('data-seen="')[1].split('"')[0]
    assert client.get(where, {"seen": seen}).status_code == 204
    store_cells(question, [finding(one, GOVERNED)])
    assert client.get(where, {"seen": seen}).status_code == 200


def test_the_rest_is_offered_and_asked(empty: World, enter: Enter) -> None:
    documents = leases(empty, 4)
    question = ask(empty, "Which law?", finding(documents[0], GOVERNED))
    client = enter(empty.reviewer)
    assert "Ask the other 3" in text_of(client, "question", question.pk)
    client.post(reverse("ask_rest", args=[question.pk]))
    question.refresh_from_db()
    assert (question.reach, question.status) == (Question.Reach.ALL, "waiting")
    assert "Ask the other" not in text_of(client, "question", question.pk)


def test_what_was_answered_earlier_stays_to_be_read(empty: World, enter: Enter) -> None:
    (lease,) = leases(empty, 1)
    question = ask(empty, "Which law?", finding(lease, GOVERNED, text="Delaware"))
    client = enter(empty.reviewer)
    client.post(reverse("ask_again", args=[question.pk]))
    question.refresh_from_db()
    assert "Delaware" in text_of(client, "question", question.pk)
    finish(question, finding(lease, GOVERNED))
    body = text_of(client, "question", question.pk)
    assert body.index("Massachusetts") < body.index("Earlier answers") < body.rindex("Delaware")
    assert Answer.objects.count() == 2


def test_the_same_question_is_asked_of_other_documents(empty: World, enter: Enter) -> None:
    one, two = leases(empty, 2)
    question = ask(empty, "Which law governs these?", finding(one, GOVERNED))
    question.scope.set([one])
    client = enter(empty.reviewer)
    link = f"{reverse('questions', args=[empty.matter.pk])}?like={question.pk}"
    assert f'{link}&amp;of=others">Choose other documents</a>' in text_of(client, "question", question.pk)
    for address, ticked, free in ((f"{link}&of=others", two, one), (link, one, two)):
        body = client.get(address).content.decode()
        assert "Which law governs these?</textarea>" in body
        assert f'value="{ticked.pk}" checked' in body and f'value="{free.pk}" checked' not in body
    every = ask(empty, "Which law governs all?", finding(one, GOVERNED), finding(two, GOVERNED))
    body = text_of(client, "question", every.pk)
    assert "Ask only some of them" in body and "of=others" not in body
    body = client.get(f"{reverse('questions', args=[empty.matter.pk])}?like={every.pk}").content.decode()
    assert all(f'value="{document.pk}" checked' in body for document in (one, two))
    foreign = people_and_matter_of_others(empty)
    assert client.get(f"{reverse('questions', args=[empty.matter.pk])}?like={foreign.pk}").status_code == 404


def people_and_matter_of_others(world: World) -> Question:
    return ask_question(create_matter("Other", actor=Actor(world.staff)), "Why?", actor=Actor(world.staff))


def test_copies_are_told_and_a_no_without_a_quote_does_not_claim_one(empty: World, enter: Enter) -> None:
    one, two, three = leases(empty, 3)
    for left, right in ((one, two), (two, one)):
        Likeness.objects.create(document=left, other=right, share=1.0)
    Likeness.objects.create(document=three, other=one, share=0.9)
    unsaid = {"text": "No", "quotes": []}
    found = [finding(one, GOVERNED), finding(two, GOVERNED), finding(three, GOVERNED, **unsaid)]
    question = ask(empty, "Does each lease cap liability?", *found)
    body = text_of(enter(empty.reviewer), "question", question.pk)
    assert " ".join(body.split()).count("1 document of these has the same text as another one") == 1
    assert body.count("the same text as Lease") == 2 and "the same text as Lease 3.pdf" not in body
    assert body.count("No passage says so") == 1
    alone = ask(empty, "Is liability capped?", finding(three, GOVERNED, **unsaid))
    body = text_of(enter(empty.reviewer), "question", alone.pk)
    assert "No passage says so" in body and "Found in the document" not in body
    end = finding(one, GOVERNED, text="March 20, 2005", value_type="date")
    body = text_of(enter(empty.reviewer), "question", ask(empty, "When does it end?", end).pk)
    assert "Reckoned from what the quotes state" in body and "Found in the document" not in body


@pytest.mark.browser
@pytest.mark.timeout(600)
def test_a_table_fills_while_it_is_looked_at(opened: Open) -> None:
    world = people_and_matter()
    one, two, three = leases(world, 3)
    question = ask(world, "Which law governs?")
    visitor = opened(world.reviewer)
    page = visitor.go(reverse("question", args=[question.pk]))
    job = question.job
    claimed = claim(str(job.pk), "test:3") if job else None
    assert claimed
    plan(question, one, two, three)
    note_stage(claimed, "finding", "")
    bar = page.get_by_role("progressbar", name="Documents that have answered")
    expect(bar).to_have_attribute("max", "3")
    with transaction.atomic():
        store_cells(question, [finding(one, GOVERNED)])
        store_summary(question, summarise(understand(question.text), current_cells(question)))
    expect(page.get_by_role("row", name="Lease 1.pdf")).to_contain_text("Massachusetts")
    expect(page.get_by_role("row", name="Lease 2.pdf")).to_contain_text("Waiting")
    finish(question, finding(two, GOVERNED, text="Delaware"), nothing(three))
    expect(page.locator(".gathered")).to_have_text(
        "Delaware: 1 document; Massachusetts: 1 document. 2 answers are to be checked. "
        "Nothing was found in 1 document."
    )
    expect(bar).to_have_count(0)
    page.get_by_role("link", name="Delaware").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    page.get_by_role("row", name="Lease 2.pdf").get_by_role("link", name="page 2").click()
    expect(page.locator("mark")).to_have_text(GOVERNED)


def test_very_many_documents_are_chosen_together_and_stay_so(
    empty: World, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "MOST_TICKED", 1)
    one, two, three, four = leases(empty, 4)
    question = ask(empty, "Which law governs these?", finding(one, GOVERNED), finding(two, GOVERNED))
    question.scope.set([one, two])
    client, asked_at = enter(empty.reviewer), reverse("questions", args=[empty.matter.pk])

    def sent(**more: Any) -> set[Any]:
        assert client.post(asked_at, {"text": "Who is the landlord?", **more}).status_code == 302
        return set(Question.objects.latest("created_at").scope.all())

    body = client.get(f"{asked_at}?like={question.pk}").content.decode()
    assert f'name="like" value="{question.pk}" checked' in body and "The 2 documents that" in body
    assert sent(like=question.pk) == {one, two}
    assert sent(like=question.pk, scope=[four.pk]) == {one, two, four}
    body = client.get(f"{asked_at}?like={question.pk}&of=others").content.decode()
    assert 'name="of" value="others"' in body and "was not asked of" in " ".join(body.split())
    assert sent(like=question.pk, of="others") == {three, four}
    # it stays chosen while others are looked for, and is not widened where nothing is left of it
    body = client.post(asked_at, {"text": "?", "like": question.pk, "finding": "1"}).content.decode()
    assert f'name="like" value="{question.pk}" checked' in body
    Answer.objects.all().delete()
    question.scope.clear()
    assert client.post(asked_at, {"text": "Who?", "like": question.pk}).status_code == 422
    foreign = people_and_matter_of_others(empty)
    assert client.post(asked_at, {"text": "Who?", "like": foreign.pk}).status_code == 422


def test_what_a_question_leaves_out_is_not_offered_and_a_question_of_nothing_says_so(
    empty: World, enter: Enter
) -> None:
    one, two = leases(empty, 2)
    question = ask(empty, "Which law governs, except Lease 2?", finding(one, GOVERNED))
    question.leaves_out.set([two])
    client, asked_at = enter(empty.reviewer), reverse("questions", args=[empty.matter.pk])
    assert "of=others" not in text_of(client, "question", question.pk)
    body = client.get(f"{asked_at}?like={question.pk}&of=others").content.decode()
    assert f'value="{two.pk}" checked' not in body
    none = ask(empty, "Which law governs, except Lease 2?")
    none.leaves_out.set([two])
    finish_question(none, {"asked": 0}, "There was no document to look into.")
    body = " ".join(text_of(client, "question", none.pk).split())
    assert "No document was asked." in body and "leaves out 1 document" in body


def test_every_value_can_be_chosen(empty: World, enter: Enter) -> None:
    found = [finding(one, GOVERNED, text=f"Law {n}") for n, one in enumerate(leases(empty, 15))]
    question = ask(empty, "What does each say?", *found)
    client = enter(empty.reviewer)
    body = text_of(client, "question", question.pk)
    assert len(question.summary["groups"]) == 15 and "3 further values" in body
    assert all(f'href="?value={place}"' in body for place in range(15))
    chosen = text_of(client, "question", question.pk, value="14")
    assert "<details open>" in chosen and chosen.count('role="rowheader"') == 1


def test_where_nothing_is_found_another_answer_is_told_and_no_empty_one_above_it(
    empty: World, enter: Enter
) -> None:
    (lease,) = leases(empty, 1)
    others = [{"text": "$40,000", "found_by": "reader", "probability": 0.2}]
    question = ask(empty, "What is the yearly rent?", nothing(lease, others=others))
    body = text_of(enter(empty.reviewer), "question", question.pk)
    assert "Another answer was found too:" in body and "$40,000" in body
    assert "The answer above is" not in body


def test_what_was_not_examined_is_not_told_as_none(empty: World, enter: Enter) -> None:
    one, two = leases(empty, 2)
    question = ask(empty, "Which law?", finding(one, GOVERNED), nothing(two, outcome="not_examined"))
    body = text_of(enter(empty.reviewer), "question", question.pk)
    assert "not looked for" in body and '<span class="muted">none' not in body


@pytest.mark.parametrize("state", ["not_examined", "failed"])
def test_a_review_is_offered_of_what_was_examined_alone(empty: World, enter: Enter, state: str) -> None:
    one, two = leases(empty, 2)
    question = ask(empty, "Which law?", finding(one, GOVERNED), nothing(two, outcome=state))
    body = text_of(enter(empty.reviewer), "question", question.pk)
    seen, unseen = (question.answers.get(document=each).pk for each in (one, two))
    assert reverse("cell", args=[seen]) in body and reverse("cell", args=[unseen]) not in body
    only = ask(empty, "Which law is it?", nothing(two, outcome=state))
    body = text_of(enter(empty.reviewer), "question", only.pk)
    assert reverse("cell", args=[only.answers.get().pk]) not in body


def test_whom_a_question_was_asked_of_is_told_without_a_stray_space(empty: World, enter: Enter) -> None:
    (lease,) = leases(empty, 1)
    question = ask(empty, "Which law?")
    plan(question, lease)
    finish(question, finding(lease, GOVERNED))
    body = text_of(enter(empty.reviewer), "question", question.pk)
    assert "<strong>Lease 1.pdf</strong>, because the question names none." in body
