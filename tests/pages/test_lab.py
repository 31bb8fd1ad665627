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

from reviewapp.events.models import Event
from reviewapp.frame.actor import Actor
from reviewapp.jobs import lifecycle
from reviewapp.jobs.models import Job, Status
from reviewapp.lab.actions import begin_comparison, cancel_comparison, remove_comparison
from reviewapp.lab.models import Comparison
from reviewapp.lab.plots import plots_of
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
        ("matter. Three: This matter has no document", HEADER + "Three,Who?,Ann,\n", {}),
        ("row 2: has no question.", HEADER + "One,,Ann,\n", {}),
        ("neither natural nor trained", HEADER.replace("category", "wording") + "One,Who?,Ann,odd\n", {}),
        ("None of these questions", "", {"source": "reviewed"}),
        ("Choose one of the questions", "", {"source": "theirs"}),
        ("Choose one of the times", HEADER + "One,Who?,Ann,\n", {"minutes": "7000"}),
    ):
        assert said in post(admin, empty, content, **data), said
    assert not Comparison.objects.exists()
    page = post(admin, empty, HEADER + "One,Which law?,Oregon,law\n" * 10_000)
    assert "60 questions of 1 document" in page and "9,940 more are not" in page
    Comparison.objects.all().delete()
    page = post(
        admin, empty, HEADER + "One,Which law?,Oregon,law\nTwo.pdf,Who?,,\nThree,Who?,Ann,\nOne,,x,\n"
    )
    assert "2 questions of 2 documents" in page and "ends after 15 minutes" in page
    assert re.search(r"about <strong>\d+ (?:s|min)</strong> of one processor core", page)
    assert "Three: This matter has no document of this name." in page and "row 5: has no question." in page
    comparison = Comparison.objects.get()
    assert not Job.objects.filter(comparison=comparison).exists()
    assert reviewer.get(reverse("comparison", args=[comparison.pk])).status_code == 404
    admin.post(reverse("begin_comparison", args=[comparison.pk]))
    assert "Being measured" in text_of(reviewer, "comparison", comparison.pk)
    for other in (comparison, prepared(empty, "One")):
        with pytest.raises(LabError):
            begin_comparison(other, actor=Actor(empty.admin))
    measure_next(comparison)
    assert "1 of them measured" in text_of(reviewer, "comparison_live", comparison.pk)
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
        "every passage, read", "control: state of another document", "75.0 <span", "420", "Remove",
        "The first one, ms", "of 3 documents at once", "under 20,000 characters",
    ):  # fmt: skip
        assert (words in page) is (words != "Remove"), words
    plots = plots_of(comparison.figures)
    assert [len(plot.lines) for plot in plots] == [0, 5, 5] and page.count('<svg class="plot lab"') == 3
    # making it costs 2.8 s more, a question 0.24 s less
    assert round(comparison.figures["product_break_even_vs_attention"], 1) == 11.7
    assert plots[1].mark is not None and "after 12 questions (95 %: 12 to 12)" in plots[1].says
    # both lines, by the means of the table, cross at the mark
    product, whole = (
        [tuple(map(float, end.split(","))) for end in plots[1].lines[n][1].split()] for n in (0, 3)
    )
    (left, y), (right, below) = product
    across = (y - whole[0][1]) / ((whole[1][1] - below) - (whole[0][1] - y))
    assert abs(left + (right - left) * across - plots[1].mark) < 2
    sent = reviewer.get(reverse("comparison_table", args=[comparison.pk]))
    rows = b"".join(cast(Any, sent).streaming_content).decode()
    table = list(csv.DictReader(io.StringIO(rows)))
    assert len(table) == 3 * (14 * 20 + 4 * 10) and table[0]["document"].startswith("'=One")
    told = json.loads(reviewer.get(reverse("comparison_figures", args=[comparison.pk])).content)
    assert (
        told["figures"]["product_values_right"] == 75.0
        and [d["questions"] for d in told["documents"]] == [20] * 3
    )
    # what a withdrawn document was asked and gave goes with it
    comparison.parts.get(order=0).document.delete()
    assert comparison.parts.count() == 2
    remove_comparison(comparison, actor=Actor(empty.admin))
    assert not Comparison.objects.exists()


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
    assert text_of(enter(empty.reviewer), "comparison", comparison.pk).count("Not reached.") == 1


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
