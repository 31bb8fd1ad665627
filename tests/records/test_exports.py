"""Exports: what stands in the files is what stands in the database, and nothing in them runs."""

import csv
import hashlib
import io
import json
from pathlib import Path
from typing import Any

import docx
import pypdf
import pytest
from django.core.checks import run_checks
from openpyxl import load_workbook
from pytest_django import Settings

from reviewapp.catalogue.actions import withdraw_document
from reviewapp.claims import claims_of
from reviewapp.documents.models import Document, Note
from reviewapp.documents.signals import document_forgotten
from reviewapp.events.models import Event
from reviewapp.exports import content as contents
from reviewapp.exports import template
from reviewapp.exports.actions import open_export, request_export
from reviewapp.exports.models import Export
from reviewapp.exports.storage import exports_vault, name_of
from reviewapp.exports.tasks import make_export
from reviewapp.frame.actor import Actor
from reviewapp.frame.errors import ActionError
from reviewapp.grids import actions as grids
from reviewapp.grids.models import Grid
from reviewapp.grids.sets import Asked, save_set
from reviewapp.jobs import lifecycle, work
from reviewapp.jobs.models import Job, Status
from reviewapp.matters.models import Matter
from reviewapp.questions.models import Answer, Citation, Question
from reviewapp.reviews.actions import Said, decide
from tests.pages.world import GOVERNED, World, add_document, finding, finish, nothing, people_and_matter

RENT = "$12,500 a month"
RUNS = '=HYPERLINK("http://evil.example","see")'
UNLESS = "unless the parties agree otherwise"
ADDRESS = "https://nightbrief.example/"


@pytest.fixture(autouse=True)
def no_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lifecycle, "send_all", lambda jobs: 0)


@pytest.fixture(autouse=True)
def no_heart(monkeypatch: pytest.MonkeyPatch) -> None:
    """A heart looks from a connection of its own, which sees nothing of a test's transaction."""
    monkeypatch.setattr(work.Run, "_beat", lambda run: None)


@pytest.fixture
def world(db: None) -> World:
    """A grid of four documents and two columns with cells of every kind, and one that was not asked."""
    world = people_and_matter()
    actor = Actor(world.reviewer)
    names = ("@Lease A.pdf", "Lease B.pdf", "Lease C.pdf", "Lease D.pdf")
    documents = [add_document(world.matter, name) for name in names]
    columns = [Asked("Law", "Which law governs?"), Asked("=Rent", "How much is the rent?")]
    version = save_set(world.matter, "Leases", [*columns, Asked("End", "When?")], actor=actor)
    world.grid = grids.create_grid(world.matter, "Leases", version, actor=actor)
    grids.run(world.grid, actor=actor)
    law, rent, end = (column.question for column in world.grid.columns.order_by("order"))
    assert law and rent and end
    finish(
        law, finding(documents[0], GOVERNED, supported=True), finding(documents[1], GOVERNED),
        nothing(documents[2]), nothing(documents[3], outcome="not_examined"),
    )  # fmt: skip
    run = {"text": RUNS, "condition": UNLESS, "provenance": {"reckoned": "12 times $5"}}
    finish(rent, *(finding(document, RENT, **run) for document in documents[:2]))
    world.grid.columns.filter(order=3).update(question=None)
    end.delete()
    Job.objects.update(status=Status.SUCCEEDED)
    decide(_answer(law, documents[0]), Said("accept", 0), actor=actor)
    decide(_answer(law, documents[1]), Said("correct", 0, text="Delaware"), actor=actor)
    decide(_answer(rent, documents[0]), Said("reject", 0, reason="Another lease."), actor=actor)
    Note.objects.create(
        document=documents[1], kind=Note.Kind.COVERED, page=2, text="On page 2, text is covered."
    )
    return world


def _answer(question: Question, document: Document) -> Answer:
    return Answer.objects.get(question=question, document=document, superseded_at=None)


def asked_for(world: World, format: str, of: Matter | Grid | Question | None = None, **named: Any) -> Export:
    assert world.grid is not None
    of = of or world.grid
    return request_export(of, format, actor=Actor(world.reviewer), address=ADDRESS, **named)


def made(world: World, format: str, of: Matter | Grid | Question | None = None, **named: Any) -> Export:
    export = asked_for(world, format, of, **named)
    make_export(str(export.jobs.get().pk))
    export.refresh_from_db()
    job = export.jobs.get()
    assert job.status == Status.SUCCEEDED, job.reason
    return export


def taken(world: World, export: Export) -> io.BytesIO:
    with open_export(export, actor=Actor(world.reviewer)) as file:
        return io.BytesIO(file.read())


def test_a_workbook_says_what_the_database_says(world: World) -> None:
    export = made(world, "xlsx")
    file = taken(world, export)
    assert export.sha256 == hashlib.sha256(file.getvalue()).hexdigest()
    assert export.held["states"] == {
        "supported": 1,
        "check": 3,
        "not_found": 1,
        "not_examined": 1,
        "not_asked": 6,
    }
    assert export.held["decisions"] == {"accept": 1, "correct": 1, "reject": 1} and export.held["quotes"] == 4
    book = load_workbook(file)
    assert book.sheetnames == ["Answers", "Every answer", "Evidence", "Revisions", "About"]
    answers = list(book["Answers"].iter_rows())
    assert [cell.value for cell in answers[0]] == [
        "Document",
        "Law",
        "State",
        "=Rent",
        "State",
        "End",
        "State",
    ]
    a, b, c, d = ([cell.value for cell in row] for row in answers[1:])
    assert a[:5] == ["@Lease A.pdf", "Massachusetts", "Supported, accepted", None, "Check this, rejected"]
    conditional = f"{RUNS}, but see “{UNLESS}”"
    assert b[:5] == ["Lease B.pdf", "Delaware", "Check this, corrected", conditional, "Check this"]
    assert c[1:5] == [None, "Not found", None, "Not asked"] and d[2] == "Not examined"
    assert (
        len({answers[1][2].fill.fgColor.rgb, answers[2][4].fill.fgColor.rgb, answers[3][2].fill.fgColor.rgb})
        == 3
    )
    law = Citation.objects.get(answer__question__text="Which law governs?", document__name="@Lease A.pdf")
    assert answers[1][1].hyperlink.target == (
        f"{ADDRESS}documents/{law.document_id}/pages/{law.page.number}/?citation={law.pk}"
    )
    comment = answers[1][1].comment.text
    assert f"p. 2: “{' '.join(GOVERNED.split())}”" in comment and "Accepted by Rhea Lindqvist, 20" in comment
    evidence = [[cell.value for cell in row] for row in book["Evidence"].iter_rows(min_row=2)]
    assert sorted(row[4] for row in evidence) == sorted(Citation.objects.values_list("quote", flat=True))
    every = [[cell.value for cell in row] for row in book["Every answer"].iter_rows(min_row=2)]
    assert len(every) == 12
    assert (
        every[0][6:8] == ["Accepted", "Rhea Lindqvist"]
        and every[1][4:6] == [None, RUNS]
        and every[1][10] == "Another lease."
        and every[4][3:5] == [RUNS, UNLESS]
    )
    revisions = [cell.value for cell in book["Revisions"]["D"]]
    assert revisions == ["What", "Answered", "Accepted", "Answered", "Rejected", "Answered", "Corrected"]
    about = {row[0].value: row[1].value for row in book["About"].iter_rows()}
    assert about["Matter"] == world.matter.name and about["Question set"] == "Leases, version 1"
    assert about["Law"] == "Not examined: 1" and about["Lease B.pdf"] == "On page 2, text is covered."
    # What looks like a formula is text in every sheet, and stays it when somebody edits the cell.
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d", "inlineStr"}
    assert answers[2][3].quotePrefix and answers[1][0].quotePrefix


def test_tables_hold_every_cell_and_nothing_that_runs(world: World) -> None:
    text = taken(world, made(world, "csv")).getvalue().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 12
    first = rows[0]
    assert first["document"] == "'@Lease A.pdf"
    assert (first["value"], first["state"]) == ("Massachusetts", "Supported")
    assert (first["decision"], first["reviewer"], first["pages"]) == ("Accepted", "Rhea Lindqvist", "p. 2")
    assert rows[1]["question"] == "'=Rent" and rows[1]["found"] == f"'{RUNS}" and rows[1]["value"] == ""
    assert [rows[at]["condition"] for at in (1, 4)] == ["", UNLESS]
    assert (rows[0]["note"], rows[4]["note"]) == ("", "Reckoned: 12 times $5. No quote says so itself.")
    told = json.load(taken(world, made(world, "json")))
    [same] = claims_of(Answer.objects.filter(review__kind="correct"), boxes=False)
    assert told["shape"] == "nightbrief-export/1" and len(told["claims"]) == 6
    claim = next(one for one in told["claims"] if one["counts"] == "Delaware")
    assert (claim["answer"], claim["review"]["decision"]) == ("Massachusetts", "correct")
    assert {one["condition"] for one in told["claims"] if one["answer"] == RUNS} == {UNLESS}
    assert same.model_dump(mode="json").items() <= claim.items()
    quote = Citation.objects.get(pk=claim["quotes"][0]["id"])
    assert (claim["quotes"][0]["text"], claim["quotes"][0]["start"]) == (quote.quote, quote.start)
    assert told["not_read"] == [{"name": "Lease B.pdf", "why": "On page 2, text is covered."}]
    assert told["held"]["answers"] == 6


@pytest.mark.parametrize("order", ["question", "document"])
def test_a_report_has_findings_quotes_and_what_was_not_examined(world: World, order: str) -> None:
    report = docx.Document(taken(world, made(world, "docx", order=order)))
    said = [(paragraph.style.name, paragraph.text) for paragraph in report.paragraphs if paragraph.style]
    sections = [words for style, words in said if style == template.SECTION]
    if order == "question":
        assert sections[1:4] == ["Law: Which law governs?", "=Rent: How much is the rent?", "End: When?"]
        assert (template.FINDING, "Lease B.pdf") in said
    else:
        assert sections[1:3] == ["@Lease A.pdf", "Lease B.pdf"] and (template.FINDING, "Law") in said
    assert sections[-1] == "What was not examined"
    for expected in (
        (template.ANSWER, "Delaware"),
        (template.ANSWER, f"{RUNS}, but see “{UNLESS}”"),
        (template.STATUS, "Reckoned: 12 times $5. No quote says so itself."),
        (template.STATUS, "Nightbrief had found: Massachusetts"),
        (template.STATUS, "Check this; corrected by Rhea Lindqvist."),
        (template.STATUS, "Check this; rejected by Rhea Lindqvist. Another lease."),
        (template.STATUS, "Check this; not reviewed."),
        (template.BULLET, "Law: 1 document without an answer"),
        (template.BULLET, "Lease B.pdf: On page 2, text is covered."),
    ):
        assert expected in said
    quotes = [words.strip("“”") for style, words in said if style == template.QUOTE]
    assert sorted(quotes) == sorted(
        q.replace("\n", " ") for q in Citation.objects.values_list("quote", flat=True)
    )
    links = [rel.target_ref for rel in report.part.rels.values() if rel.is_external]
    assert len(links) == 4 and all(link.startswith(f"{ADDRESS}documents/") for link in links)
    column = [row.cells[3].text for row in report.tables[0].rows]
    assert column == ["With a condition", "0", "1", "0", "0"][: 4 if order == "question" else 5]
    paper = pypdf.PdfReader(taken(world, made(world, "pdf", order=order)))
    root: Any = paper.root_object
    assert paper.metadata and paper.metadata.title == "Leases" and root["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in root["/Metadata"].get_data()
    marks = [mark.title for mark in paper.outline if not isinstance(mark, list)]
    assert marks == sections
    plain = "".join("".join(page.extract_text() for page in paper.pages).split())
    for style, words in said:
        assert "".join(words.split()) in plain, style
    leads = {a.get_object()["/A"]["/URI"] for page in paper.pages for a in page.get("/Annots", [])}
    assert leads == set(links)


def test_a_matter_and_a_question_are_exported_in_chunks(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contents, "CELLS_AT_ONCE", 1)
    told = json.load(taken(world, made(world, "json", world.matter)))
    assert len(told["claims"]) == 6 and len(told["questions"]) == 2
    question = Question.objects.get(text="How much is the rent?")
    rows = list(
        csv.reader(io.StringIO(taken(world, made(world, "csv", question)).getvalue().decode("utf-8-sig")))
    )
    assert len(rows) == 5 and [row[3] for row in rows[3:]] == ["Not asked", "Not asked"]


def test_a_killed_attempt_is_done_again_and_leaves_nothing(world: World) -> None:
    export = asked_for(world, "xlsx")
    job = export.jobs.get()
    Job.objects.filter(pk=job.pk).update(attempts=1)  # as the sweep puts back what a killed worker had begun
    with exports_vault().write(name_of(export, 1)) as file:
        file.write(b"half")
    make_export(str(job.pk))
    export.refresh_from_db()
    assert export.name == name_of(export, 2)
    assert list(exports_vault().names(str(world.matter.pk))) == [export.name]
    assert load_workbook(taken(world, export))["Answers"].max_row == 5
    happened = Event.objects.filter(object_id=str(export.pk)).values_list("action", flat=True)
    assert sorted(happened) == ["export.downloaded", "export.made"]


def test_a_withdrawn_document_takes_the_files_with_it_that_quote_it(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    law = made(world, "csv")
    question = Question.objects.get(text="How much is the rent?")
    rent = made(world, "csv", question)
    document = Document.objects.get(name="Lease D.pdf")
    withdrawal = withdraw_document(document, actor=Actor(world.admin))
    with pytest.raises(ActionError) as error:
        open_export(law, actor=Actor(world.reviewer))
    assert error.value.code == "export-gone"
    document_forgotten.send(type(withdrawal), withdrawal=withdrawal)
    law.refresh_from_db()
    assert law.name == "" and law.gone and law.held["answers"] == 6
    assert list(exports_vault().names(str(world.matter.pk))) == [rent.name]
    assert taken(world, rent).read()
    with django_capture_on_commit_callbacks(execute=True):
        rent.delete()
    assert not list(exports_vault().names(str(world.matter.pk)))


def test_what_cannot_be_exported_is_refused_with_a_code(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for code, format, order in (("format-unknown", "odt", "question"), ("order-unknown", "docx", "x")):
        with pytest.raises(ActionError) as error:
            asked_for(world, format, order=order)
        assert error.value.code == f"export-{code}"
    monkeypatch.setattr("reviewapp.exports.actions.MOST_IN_REPORT", 5)
    monkeypatch.setattr("reviewapp.exports.actions.MOST_COLUMNS", 2)
    for format, code in (("docx", "export-too-long"), ("xlsx", "export-too-wide")):
        with pytest.raises(ActionError) as error:
            asked_for(world, format)
        assert error.value.code == code
    waiting = asked_for(world, "csv")
    with pytest.raises(ActionError) as error:
        open_export(waiting, actor=Actor(world.reviewer))
    assert error.value.code == "export-not-ready"
    assert Export.objects.count() == 1
    Question.objects.all().delete()
    with pytest.raises(ActionError) as error:
        asked_for(world, "csv", world.matter)
    assert error.value.code == "export-empty"


def test_a_firm_puts_its_own_template(world: World, settings: Settings, tmp_path: Path) -> None:
    own = docx.Document(str(template.SHIPPED))
    own.sections[0].header.paragraphs[0].text = "Okafor & Partners"
    own.add_paragraph("Privileged and confidential")
    own.save(str(tmp_path / "own.docx"))
    settings.REPORT_TEMPLATE = str(tmp_path / "own.docx")
    report = docx.Document(taken(world, made(world, "docx")))
    assert report.sections[0].header.paragraphs[0].text == "Okafor & Partners"
    assert [p.text for p in report.paragraphs[:2]] == ["Privileged and confidential", "Leases"]
    own.styles[template.QUOTE].name = "Another"
    own.save(str(tmp_path / "own.docx"))
    assert [error.id for error in run_checks() if "template" in error.msg] == ["nightbrief.E006"]
    export = asked_for(world, "docx")
    make_export(str(export.jobs.get().pk))
    job = export.jobs.get()
    assert job.status == Status.FAILED and "lacks the style Nightbrief Quote" in job.reason
    with pytest.raises(template.TemplateError, match="no Word file"):
        template.checked(tmp_path)
