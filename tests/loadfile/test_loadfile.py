"""Load files there and back, and as other programs write them."""

import io
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readers.loadfile import (
    Encoding,
    LoadFileError,
    PageImage,
    decoded,
    read_concordance,
    read_opticon,
    read_separated,
    write_concordance,
    write_opticon,
    write_separated,
)

SIGNS = "\x14\xfe\xae"
VALUES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters=SIGNS + "\r"), max_size=30)
TABLES = st.lists(st.fixed_dictionaries({"BEGDOC": VALUES, "TITLE": VALUES, "NOTE": VALUES}), max_size=6)
COLUMNS = ("BEGDOC", "TITLE", "NOTE")


def written(rows: Sequence[Mapping[str, str]], encoding: str) -> bytes:
    out = io.StringIO(newline="")
    assert not list(write_concordance(out, COLUMNS, rows))
    return out.getvalue().encode(encoding)


def read(data: bytes, encoding: Encoding | None = None) -> list[dict[str, str]]:
    with decoded(io.BytesIO(data), encoding) as text:
        return [dict(row.fields) for row in read_concordance(text) if row.error is None]


@given(TABLES, st.sampled_from(["utf-8-sig", "utf-16", "utf-8"]))
def test_concordance_there_and_back(rows: list[dict[str, str]], encoding: str) -> None:
    assert read(written(rows, encoding)) == rows


@given(TABLES)
def test_separated_there_and_back(rows: list[dict[str, str]]) -> None:
    out = io.StringIO(newline="")
    write_separated(out, COLUMNS, rows)
    back = list(read_separated(io.StringIO(out.getvalue(), newline="")))
    assert [row.fields for row in back] == rows


def test_windows_1252_and_the_signs_of_a_line_break() -> None:
    data = "þBEGDOCþ\x14þNOTEþ\r\nþNB001þ\x14þfirst®second € “third”þ\r\n".encode("cp1252")
    assert read(data) == [{"BEGDOC": "NB001", "NOTE": "first\nsecond € “third”"}]
    assert read(data.replace(b"first", b"\x81")) == [{"BEGDOC": "NB001", "NOTE": "\x81\nsecond € “third”"}]


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_rows_with_breaks_inside_and_ends_of_any_kind(end: str) -> None:
    text = f"þAþ\x14þBþ{end}þ{end}oneþ\x14þ{end}{end}þ{end}{end}þtwoþ\x14þþ{end}"
    rows = read(text.encode())
    assert [row["A"].strip() for row in rows] == ["one", "two"]
    assert rows[0]["B"] == end * 2 and rows[1]["B"] == ""


def test_a_file_that_encloses_nothing() -> None:
    assert read(b"A\x14B\r\n1\x14x\r\n\r\n2\x14\r\n") == [{"A": "1", "B": "x"}, {"A": "2", "B": ""}]


def test_what_the_format_cannot_say_is_named() -> None:
    out = io.StringIO(newline="")
    changed = list(
        write_concordance(out, COLUMNS, [{"BEGDOC": "1", "TITLE": "Acme\xae \xfe"}, {"BEGDOC": "2"}])
    )
    assert [(one.row, one.column, one.signs) for one in changed] == [(1, "TITLE", "\xae\xfe")]
    rows = list(read_concordance(io.StringIO(out.getvalue(), newline="")))
    assert [row.fields["TITLE"] for row in rows] == ["Acme ", ""]


@pytest.mark.parametrize(
    ("text", "code"), [("", "no-header"), ("þþ\r\n", "no-header"), ("þAþ\x14þAþ\r\n", "repeated-column")]
)
def test_files_that_are_none(text: str, code: str) -> None:
    with pytest.raises(LoadFileError) as caught:
        read_concordance(io.StringIO(text, newline=""))
    assert caught.value.code == code


def test_bad_rows_are_told_and_the_others_are_read() -> None:
    text = 'a,b\r\n1,2\r\n1,2,3\r\n"x"y,2\r\n3,4\r\n'
    rows = list(read_separated(io.StringIO(text, newline="")))
    assert [row.error is None for row in rows] == [True, False, False, True]
    assert [row.number for row in rows] == [1, 2, 3, 4]
    told = rows[1].error
    assert told is not None and told.code == "columns" and "3 values for 2 columns" in told.message


def test_opticon_there_and_back_with_bad_lines_told() -> None:
    images = [
        PageImage("NB001", "IMAGES\\001\\NB001.tif", begins=True, volume="VOL1", pages=2),
        PageImage("NB002", "IMAGES\\001\\NB002, b.tif", begins=False, volume="VOL1"),
    ]
    out = io.StringIO(newline="")
    write_opticon(out, images)
    assert list(read_opticon(io.StringIO(out.getvalue()))) == images
    found = list(read_opticon(io.StringIO("NB1,V,,Y,,,2\n\nNB2,V,a.tif,Y,,,two\nNB3,V,b.tif\n")))
    assert [one.code if isinstance(one, LoadFileError) else one.key for one in found] == [
        "no-image",
        "not-a-number",
        "NB3",
    ]
