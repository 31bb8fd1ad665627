"""The memory lab: preparing a comparison, what it costs, its course, what it shows, its files."""

import csv
import io
import json
import re
from typing import Any, cast

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reviewapp.events.models import Event
from reviewapp.frame.actor import Actor
from reviewapp.jobs import lifecycle
from reviewapp.jobs.models import Job, Status
from reviewapp.lab.actions import begin_comparison, cancel_comparison, remove_comparison
from reviewapp.lab.models import Comparison
from reviewapp.lab.questions import LabError, reviewed_questions
from reviewapp.reviews.actions import Said, decide
from tests.pages.comparisons import HEADER, measure_next, measured, prepared
from tests.pages.conftest import Enter, text_of
from tests.pages.world import GOVERNED, World, add_document, ask, finding, nothing


def post(client: Client, world: World, content: str = "", **data: str) -> str:
    """What comes of preparing a comparison: the page that says why not, or the comparison's page."""
    sent = {"source": "own", "minutes": "15"} | data
    file = {"file": SimpleUploadedFile("ours.csv", content.encode())} if content else {}
    response = client.post(reverse("lab", args=[world.matter.pk]), sent | file, follow=True)
    return " ".join(response.content.decode().split())


def test_a_comparison_tells_its_cost_before_it_is_begun_and_what_came_of_it(
    empty: World, enter: Enter
) -> None:
    for name in ("One.pdf", "Two.pdf"):
        add_document(empty.matter, name)
    admin, reviewer = enter(empty.admin), enter(empty.reviewer)
    for said, content, data in (
        ("Choose a CSV file", "", {}),
        ("no column answer", "document,question\nOne,Who?\n", {}),
        (
            "Row 2, document: This matter has no document of the name “Three”.",
            HEADER + "Three,Who?,Ann,\n", {},
        ),
        ("Row 2: has no question.", HEADER + "One,,Ann,\n", {}),
        ("neither natural nor trained", HEADER.replace("category", "wording") + "One,Who?,Ann,odd\n", {}),
        ("Row 2: has 2 cells, the header has 4: no answer, category.", HEADER + "One,Who?\n", {}),
        ("None of these questions can be asked of a document of this matter. Nobody has accepted or corrected", "",
         {"source": "reviewed"}),
        ("matter. They are about the contracts of the demo matter", "", {"source": "shipped"}),
        ("Choose one of the questions", "", {"source": "theirs"}),
        ("Choose one of the times", HEADER + "One,Who?,Ann,\n", {"minutes": "7000"}),
    ):  # fmt: skip
        assert said in post(admin, empty, content, **data), said
    assert not Comparison.objects.exists()
    page = post(admin, empty, HEADER + "One,Which law?,Oregon,law\n" * 10_000)
    assert "60 questions of 1 document" in page and "9,940 more are not" in page
    assert "<summary>9,940 rows of the file left out</summary>" in page
    assert "rows 62 to 10001, question: Only the first 60 questions of “One.pdf” are asked" in page
    Comparison.objects.all().delete()
    page = post(
        admin, empty,
        HEADER + "One,Which law?,Oregon,law\nTwo.pdf,Who?,,\nThree,Who?,Ann,\nOne,,x,\n" + "Three,Which?,,\n" * 2,
    )  # fmt: skip
    assert "2 questions of 2 documents" in page and "ends after 15 minutes" in page
    assert re.search(r"about <strong>\d+ (?:s|min)</strong> of one processor core", page)
    absent = "rows 4, 6 to 7, document: This matter has no document of the name “Three”."
    assert page.index(absent) < page.index("row 5: has no question.")
    assert "<summary>4 rows of the file left out</summary>" in page
    comparison = Comparison.objects.get()
    assert not Job.objects.filter(comparison=comparison).exists()
    assert reviewer.get(reverse("comparison", args=[comparison.pk])).status_code == 404
    admin.post(reverse("begin_comparison", args=[comparison.pk]))
    assert "Being measured" in text_of(reviewer, "comparison", comparison.pk)
    for other in (comparison, prepared(empty, "One")):
        with pytest.raises(LabError):
            begin_comparison(other, actor=Actor(empty.admin))
    measure_next(comparison)
    assert "1 document measured" in text_of(reviewer, "comparison_live", comparison.pk)
    measure_next(comparison)
    assert (comparison.status, comparison.figures["questions"]) == ("done", 2)
    told = Event.objects.filter(action__startswith="comparison.").values_list("action", "user__username")
    assert set(told) == {("comparison.begun", "ada"), ("comparison.ended", "ada")}


def test_what_was_measured_is_shown_and_leaves_as_files(empty: World, enter: Enter) -> None:
    for name in ("=One.pdf", "Two.pdf", "Three.pdf"):
        add_document(empty.matter, name)
    comparison = measured(empty, "=One", "Two", "Three")
    reviewer = enter(empty.reviewer)
    page = " ".join(text_of(reviewer, "comparison", comparison.pk).split())
    for words in (
        "every passage, read", "control: state of another document", "75.0 <span", "of 48<", "of 12<", "420",
        "Remove", "A later question, ms", "The first one, ms", "longest of 6: 420",
        "95 % within 420", "of 3 documents at once", "of 1 document<", "20,000 to 60,000 characters",
        "Of all 60 questions of 3 documents.", "fewer than 10 documents say too little of others",
    ):  # fmt: skip
        assert (words in page) is (words != "Remove"), words
    sent = reviewer.get(reverse("comparison_table", args=[comparison.pk]))
    rows = b"".join(cast(Any, sent).streaming_content).decode()
    table = list(csv.DictReader(io.StringIO(rows)))
    assert len(table) == 3 * (13 * 20 + 16 + 4 * 10) and table[0]["document"] == "'=One.pdf"
    # a question has its number through every way, and one that was not asked of a way is missing there
    alone = [row for row in table if (row["document_number"], row["among"]) == ("2", "1")]
    for way, asked in (("product", range(1, 21)), ("gold_passage", (n for n in range(1, 21) if n % 5 != 1))):
        assert [row["question_number"] for row in alone if row["way"] == way] == [str(n) for n in asked], way
    told = json.loads(reviewer.get(reverse("comparison_figures", args=[comparison.pk])).content)
    assert (
        told["figures"]["product_values_right"] == 75.0
        and [d["questions"] for d in told["documents"]] == [20] * 3
    )
    assert told["measured"] == {"documents": 3, "of_documents": 3, "questions": 60, "of_questions": 60}
    # what a withdrawn document was asked and gave goes with it
    comparison.parts.get(order=0).document.delete()
    assert comparison.parts.count() == 2
    remove_comparison(comparison, actor=Actor(empty.admin))
    assert not Comparison.objects.exists()


def test_where_each_document_has_one_question_its_time_is_told(empty: World, enter: Enter) -> None:
    for name in ("One.pdf", "Two.pdf"):
        add_document(empty.matter, name)
    comparison = measured(empty, "One", "Two", questions=1)
    page = " ".join(text_of(enter(empty.reviewer), "comparison", comparison.pk).split())
    for words in (
        "The one question, ms", "of 2<", "Each document had one question, which is its first one",
        "processor time of the first question",
    ):  # fmt: skip
        assert words in page, words
    for words in ("A later question, ms", "On average, ms", "95 % within", "longest of"):
        assert words not in page, words


def test_what_an_older_comparison_cannot_tell_is_said(empty: World, enter: Enter) -> None:
    add_document(empty.matter, "One.pdf")
    comparison = measured(empty, "One")
    reviewer = enter(empty.reviewer)
    assert 'id="not-kept"' not in text_of(reviewer, "comparison", comparison.pk)
    figures = comparison.figures
    for ending, no_counts in (("_ms_n", False), ("_n", True)):
        figures = {name: value for name, value in figures.items() if not name.endswith(ending)}
        older = [[where, reason] for where, reason in (("row 2", "has no question."),)]
        Comparison.objects.filter(pk=comparison.pk).update(figures=figures, left_out=older)
        page = " ".join(text_of(reviewer, "comparison", comparison.pk).split())
        assert "so that the longest times are not told" in page and "95 % within 420" not in page
        assert ("of how many questions each rate is cannot be told" in page) is no_counts
        assert "<summary>Left out</summary>" in page and "row 2: has no question." in page


def test_a_comparison_ends_where_it_is_cancelled_fails_or_has_had_its_time(
    empty: World, enter: Enter
) -> None:
    add_document(empty.matter, "One.pdf")
    add_document(empty.matter, "Two.pdf")
    actor = Actor(empty.admin)
    ended = []
    for way in ("cancel", "fail", "over"):
        comparison = prepared(empty, "One", "Two")
        Comparison.objects.filter(pk=comparison.pk).update(most_minutes=0 if way == "over" else 15)
        comparison = begin_comparison(comparison, actor=actor)
        with pytest.raises(LabError):
            remove_comparison(comparison, actor=actor)
        job = Job.objects.get(comparison=comparison)
        if way == "cancel":
            cancel_comparison(comparison, actor=actor)
        elif way == "fail":
            lifecycle.end(job, Status.FAILED, "Tried 3 times without success.")
        else:
            measure_next(comparison)
        comparison.refresh_from_db()
        ended.append((comparison.status, Job.objects.filter(comparison=comparison).count()))
    assert ended == [("cancelled", 1), ("failed", 1), ("done", 1)]
    # the document that the time was not enough for
    page = " ".join(text_of(enter(empty.reviewer), "comparison", comparison.pk).split())
    assert "Ended by time" in page and "Done" not in page
    assert page.count("The time was over before this document was measured.") == 1
    # beside the status, where it is announced, and at the table
    assert page.count("20 of 40 questions, 1 of 2 documents") == 3
    for words, number in (("Ended by time", 1), ("Cancelled", 1), ("Failed", 1), ("Done", 0)):
        assert text_of(enter(empty.admin), "lab", empty.matter.pk).count(f"</svg> {words}<") == number, words


def test_a_comparison_says_what_it_waits_for_and_asks_before_it_is_removed(
    empty: World, enter: Enter
) -> None:
    add_document(empty.matter, "One.pdf")
    admin = enter(empty.admin)
    comparison = prepared(empty, "One")
    page = text_of(admin, "comparison", comparison.pk)
    assert "Begin</button>" in page and 'data-confirm="Remove this comparison?"' in page
    begin_comparison(comparison, actor=Actor(empty.admin))
    page = text_of(admin, "comparison_live", comparison.pk)
    assert "waits for a worker, less than a minute so far; other work has its turn first" in page
    # while it can be cancelled it cannot be removed
    assert "Cancel</button>" in page and "Remove" not in page
    job = Job.objects.filter(comparison=comparison)
    job.update(status=Status.RUNNING, progress_done=3, progress_total=18)
    assert "Just now: One.pdf, way 4 of 18." in text_of(admin, "comparison_live", comparison.pk)
    law = ask(empty, "Which law?").job
    assert law is not None
    Job.objects.filter(pk=law.pk).update(
        status=Status.RUNNING, heartbeat_at=timezone.now(), memory="embedded"
    )
    job.update(memory="embedded")
    said = text_of(admin, "comparison_live", comparison.pk)
    assert "pauses between ways while questions are answered" in said
    job.update(status=Status.WAITING, attempts=1, reason="The process that measures has ended.")
    said = text_of(admin, "comparison_live", comparison.pk)
    assert (
        "The process that measures has ended." in said
        and "other work of this matter is being done: Answering" in said
    )
    job.update(status=Status.RUNNING)
    lifecycle.end(job.get(), Status.FAILED, "Tried 3 times without success.")
    page = text_of(admin, "comparison_live", comparison.pk)
    assert "with all that it measured?" in page and page.index("Documents</h2>") < page.index(
        "Remove this comparison<"
    )


def test_what_people_decided_is_the_truth_but_not_yes_and_no(empty: World) -> None:
    one, two = (add_document(empty.matter, f"{name}.pdf") for name in ("One", "Two"))
    law = ask(empty, "Which law?", finding(one, GOVERNED), nothing(two))
    yes = ask(empty, "Is there a term?", finding(one, GOVERNED, value_type="yes_no", text="Yes"))
    actor = Actor(empty.reviewer)
    decide(law.answers.get(document=one), Said("correct", 0, text="Massachusetts law"), actor=actor)
    decide(law.answers.get(document=two), Said("accept", 0), actor=actor)
    decide(yes.answers.get(), Said("accept", 0), actor=actor)
    found = reviewed_questions(empty.matter).of
    asked = {
        document.name: [(a["question"], a["answers"]) for a in every] for document, every in found.items()
    }
    assert asked == {"One.pdf": [("Which law?", ["Massachusetts law"])], "Two.pdf": [("Which law?", [])]}
