"""The command that evaluates the model on a customer's own labelled questions."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from consolidation import Cost, Engine, Finding, Provenance, Quote
from consolidation.asking.typed import normalise
from consolidation.asking.understand import understand
from consolidation.evaluation import metrics
from consolidation.evaluation.evaluate import as_csv, judge, main, table
from consolidation.evaluation.labelled import Document, DocumentError, Folder, read_document
from readers.client import Parser
from readers.questions import Labelled, QuestionFileError, read_questions
from tests.conftest import REPOSITORY
from tests.engine.conftest import CONTRACT

DEMO = REPOSITORY / "reviewapp/demo/contracts"
PDF = "Zond - Amendment to Management and Maintenance Agreement.pdf"
HEADER = "document,question,answer,category,page,quote\n"

Write = Callable[..., Path]


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    (folder / "old").mkdir(parents=True)
    (folder / "supply.txt").write_text(CONTRACT)
    (folder / "old" / "lease.txt").write_text(CONTRACT.replace("Oregon", "Nevada"))
    shutil.copy(DEMO / PDF, folder / "zond.pdf")
    return folder


@pytest.fixture
def questions(tmp_path: Path) -> Write:
    def write(content: str, encoding: str = "utf-8-sig") -> Path:
        path = tmp_path / "questions.csv"
        path.write_bytes(content.encode(encoding))
        return path

    return write


def run(
    capsys: pytest.CaptureFixture[str], questions: Path, documents: Path, *more: str
) -> tuple[int, str, str]:
    status = main([str(questions), "--documents", str(documents), "--threads", "1", *more])
    told = capsys.readouterr()
    return status, told.out, told.err


@pytest.mark.slow
def test_a_file_of_questions_is_evaluated(
    engine: Engine, documents: Path, questions: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = questions(
        HEADER
        + "supply.txt,What is the governing law?,Oregon,law,,governed by the laws of the State of Oregon\n"
        + "lease,Which state's law governs this agreement?,Nevada,law,,\n"
        + "supply.txt,What is the capital of France?,,other,,\n"
        + "zond.pdf,What is the name of the agreement?,Amendment,title,1,\n"
    )
    out = tmp_path / "results.csv"
    status, shown, told = run(capsys, path, documents, "--out", str(out))
    assert status == 0, told
    assert "document 3 of 3: zond.pdf" in told
    lines = shown.splitlines()
    assert lines[0].split()[:2] == ["questions", "exact"]
    assert [line.split("  ")[0] for line in lines[1:5]] == ["all questions", "law", "other", "title"]
    with out.open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert [row["row"] for row in rows] == ["2", "3", "4", "5"]
    law = rows[0]
    assert (law["right"], law["quote_right"], law["page"]) == ("yes", "yes", "1")
    assert CONTRACT[int(law["start"]) : int(law["end"])] == law["quote"]
    assert "Oregon" in law["answer"]
    assert 0 < float(law["confidence"]) <= 1
    assert all(0 <= float(row["confidence"]) <= 1 for row in rows)


def test_bad_rows_and_documents_stop_nothing_and_are_told(
    engine: Engine, documents: Path, questions: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (documents / "broken.pdf").write_bytes(b"%PDF-1.4 nothing more, secret words")
    (documents / "blank.txt").write_text(" \n")
    (documents / "notes.docx").write_bytes(b"PK")
    (documents / "old" / "supply.txt").write_text("another")
    path = questions(
        HEADER + "absent.pdf,Who?,,,,\n"
        "broken.pdf,Who?,,,,\n"
        "old,Who?,,,,\n"
        "blank.txt,Who?,,,,\n"
        "notes.docx,Who?,,,,\n"
        "supply,Who?,,,,\n"
        ",Who?,,,,\n"
        "supply.txt,,,,,\n"
        "supply.txt,Who?,,,first,\n"
        "supply.txt,Who?\n"
        "\n"
        "../questions.csv,Who?,,,,\n"
        "old/lease.txt,What is the governing law?,Nevada,,,\n"
    )
    out = tmp_path / "results.csv"
    status, shown, told = run(capsys, path, documents, "--out", str(out))
    assert status == 1
    assert "all questions" in shown
    for expected in (
        "Left out: 11",
        "absent.pdf (row 2): the folder has no such file",
        "broken.pdf (row 3): damaged: ",
        "old (row 4): the folder has no such file",
        "blank.txt (row 5): no text: The file holds no text",
        "notes.docx (row 6): damaged: ",
        "supply (row 7): the folder has several files of this name",
        "row 8: has no document",
        "row 9: has no question",
        "row 10: has a page that is no number from 1 on",
        "row 11: has 2 cells, the header has 6",
        "../questions.csv (row 13): the folder has no such file",
    ):
        assert expected in told
    assert "secret" not in told
    with out.open(encoding="utf-8-sig", newline="") as handle:
        assert [row["row"] for row in csv.DictReader(handle)] == ["14"]


@pytest.mark.parametrize(
    ("content", "encoding", "said"),
    [
        ("", "utf-8", "questions.csv is empty"),
        ("document,question\na,b\n", "utf-8", "questions.csv has no column answer"),
        ("name\na\n", "utf-8", "no column document and no column question and no column answer"),
        ("document,question,answer,answer\n", "utf-8", "more than one column answer"),
        (HEADER, "utf-8", "a header and no questions"),
        (HEADER + "a,Zürich?,,,,\n", "latin-1", "is not UTF-8 (byte 48 does not fit); save it as CSV UTF-8"),
        (HEADER + "a,b,c,,,\n", "utf-16", "is not UTF-8 (byte 0 does not fit)"),
        (HEADER + 'a,"b,c,,,\n', "utf-8", "line 2: no CSV (unexpected end of data)"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_by_name(
    documents: Path,
    questions: Write,
    capsys: pytest.CaptureFixture[str],
    content: str,
    encoding: str,
    said: str,
) -> None:
    status, shown, told = run(capsys, questions(content, encoding), documents)
    assert status == 2
    assert not shown
    assert said in told


def test_missing_files_are_refused(
    documents: Path, questions: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = questions(HEADER + "supply.txt,Who?,,,,\n")
    assert "cannot be read" in run(capsys, tmp_path / "none.csv", documents)[2]
    assert "there is no folder" in run(capsys, path, tmp_path / "none")[2]
    status, _, told = run(capsys, path, documents, "--weights", str(tmp_path / "none.safetensors"))
    assert status == 2
    assert "none.safetensors: the weights are missing" in told


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_spreadsheets_in_other_countries_are_read(questions: Write, delimiter: str) -> None:
    header, row = ("Document", " Question ", "ANSWER"), ("a.txt", '"Which, then; ""this""?"', "5")
    rows, problems = read_questions(questions("\r\n".join(delimiter.join(x) for x in (header, row))))
    assert problems == []
    assert rows == [Labelled(2, "a.txt", 'Which, then; "this"?', "5")]


def test_an_empty_file_name_is_no_document(documents: Path) -> None:
    folder = Folder(documents)
    assert folder.path("old\\lease.txt") == documents / "old" / "lease.txt"
    with pytest.raises(DocumentError):
        folder.path("lease.pdf")
    with pytest.raises(QuestionFileError):
        Folder(documents / "supply.txt")


def test_pages_of_a_pdf_are_counted(documents: Path, tmp_path: Path) -> None:
    with Parser(tmp_path) as parser:
        document = read_document(documents / "zond.pdf", parser)
    assert len(document.page_starts) > 1
    second = document.page_starts[1]
    assert (document.page(0), document.page(second - 1), document.page(second)) == (1, 1, 2)


# --- judging -------------------------------------------------------------------------------------------------------

TEXT = "The first page.\nThe law of Oregon\n governs."
DOCUMENT = Document("a.txt", "0" * 64, TEXT, (0, 16))


def finding(text: str, place: tuple[int, int] | None = None, question: str = "Which law?") -> Finding:
    quotes = (Quote(*place, TEXT[slice(*place)], (place,)),) if place else ()
    made = Provenance((), 0, "embedded", "", "", "", 1, 128, 8, "int4")
    return Finding(
        document="a.txt",
        asked=understand(question),
        state="check" if text else "not_found",
        text=text,
        typed=normalise(understand(question).value, text) if text else None,
        probability=0.8,
        found_by=("reader",) if text else (),
        quotes=quotes,
        passages=(),
        others=(),
        cost=Cost(1, 0.1, 1, 0),
        provenance=made,
    )


def labelled(question: str, answer: str, page: int | None = None, quote: str = "") -> Labelled:
    return Labelled(2, "a.txt", question, answer, "law", page, quote)


@pytest.mark.parametrize(
    ("question", "answer", "said", "right"),
    [
        ("Which law?", "oregon", "Oregon", True),
        ("Which law governs?", "Oregon", "the laws of the State of Oregon", True),
        ("Which law?", "Oregon", "Nevada", False),
        ("Which law?", "Oregon", "", False),
        ("Which law?", "", "", True),
        ("Which law?", "", "Oregon", False),
        ("Which law?", "No", "", False),
        ("Is there a cap?", "No", "", True),
        ("Is there a cap?", "No", "No", True),
        ("Is there a cap?", "", "No", True),
        ("Is there a cap?", "", "Yes", False),
        ("Is there a cap?", "Yes", "Yes", True),
        ("Is there a cap?", "Yes", "", False),
    ],
)
def test_an_answer_is_compared_with_its_label(question: str, answer: str, said: str, right: bool) -> None:
    result = judge(labelled(question, answer), DOCUMENT, finding(said, (16, 40) if said else None, question))
    assert result.right is right


@pytest.mark.parametrize(
    ("page", "quote", "right"),
    [
        (2, "", True),
        (1, "", False),
        (None, "Law of  oregon governs.", True),
        (None, "first page", False),
        (None, "", None),
    ],
)
def test_a_quote_is_compared_with_the_labelled_place(
    page: int | None, quote: str, right: bool | None
) -> None:
    result = judge(labelled("Which law?", "Oregon", page, quote), DOCUMENT, finding("Oregon", (16, 33)))
    assert result.quote_right is right
    assert (result.start, result.end, result.page) == (16, 33, 2)


def test_the_table_counts_each_figure_over_its_own_questions() -> None:
    place = (16, 33)
    results = [judge(labelled("Which law?", "Oregon"), DOCUMENT, finding("Oregon", place)) for _ in range(3)]
    results += [judge(labelled("Which law?", "Oregon"), DOCUMENT, finding("Nevada", place))]
    results += [judge(labelled("Which term?", ""), DOCUMENT, finding("")) for _ in range(3)]
    results += [judge(labelled("Which term?", ""), DOCUMENT, finding("Oregon", place))]
    cells = [cell.strip() for cell in table(results).splitlines()[1].split("  ") if cell]
    figures = ["75.0", "75.0", "100.0", "25.0", "100.0", "0.0", "20.0"]
    assert [cell.split(" (")[0] for cell in cells] == ["all questions", "8", *figures]
    low, high = metrics.wilson(3, 4)
    assert f"75.0 ({100 * low:.0f}-{100 * high:.0f})" in cells


def test_a_cell_that_would_be_a_formula_is_made_harmless() -> None:
    row = Labelled(2, "a.txt", "=HYPERLINK(1)", "", "+law")
    text = as_csv([judge(row, DOCUMENT, finding(""))]).decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in text
    assert "'+law" in text


# --- figures of merit ----------------------------------------------------------------------------------------------


def test_auroc_is_the_share_of_pairs_in_order() -> None:
    make = torch.Generator().manual_seed(0)
    yes = (torch.randn(40, generator=make) + 0.5).round(decimals=1)
    no = torch.randn(60, generator=make).round(decimals=1)
    pairs = (yes[:, None] > no).float() + 0.5 * (yes[:, None] == no).float()
    assert metrics.auroc(yes.tolist(), no.tolist()) == pytest.approx(float(pairs.mean()), abs=1e-6)
    assert metrics.auroc([], [1.0]) == 0.0


def test_calibration_error_by_hand() -> None:
    assert metrics.calibration_error([0.9, 0.8, 0.1, 1.0], [True, False, False, True]) == pytest.approx(
        (0.1 + 0.8 + 0.1 + 0.0) / 4
    )
    assert metrics.calibration_error([0.71, 0.79], [True, False]) == pytest.approx(0.25)
    assert metrics.calibration_error([], []) == 0


def test_wilsons_interval_as_published() -> None:
    # Newcombe, Statistics in Medicine 17 (1998), table I, method 3
    for successes, count, low, high in (
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
    ):
        assert metrics.wilson(successes, count) == pytest.approx((low, high), abs=5e-5)


def test_a_bootstrap_over_documents_is_wider_where_documents_agree_within() -> None:
    mixed = [[1.0, 0.0] * 5 for _ in range(20)]
    alike = [[float(i % 2)] * 10 for i in range(20)]
    narrow, wide = metrics.bootstrap(mixed, metrics.mean), metrics.bootstrap(alike, metrics.mean)
    assert narrow == (0.5, 0.5)
    assert wide is not None
    assert wide[1] - wide[0] > 0.3
    assert metrics.bootstrap(alike, metrics.mean) == wide
    assert metrics.bootstrap([], metrics.mean) is None
