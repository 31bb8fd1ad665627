"""The manifest of a batch."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readers.cells import inert
from reviewapp.intake.manifest import COLUMNS
from tests.intake.conftest import Upload, item_named, manifest_of
from tests.readers import samples

LEASE = b"The lease runs for ten years."


@pytest.mark.django_db
def test_one_line_a_file_in_the_order_of_the_upload(ingest: Upload) -> None:
    batch = ingest(
        {"pack.zip": samples.archive({"lease.txt": LEASE}), "again.txt": LEASE, "bad.pdf": b"%PDF-1.4 no"}
    )
    rows = manifest_of(batch)
    assert [row["name"] for row in rows] == ["pack.zip", "lease.txt", "again.txt", "bad.pdf"]
    assert tuple(rows[0]) == COLUMNS
    document = item_named(batch, "lease.txt").document
    assert document is not None
    accepted, duplicate = sorted((rows[1], rows[2]), key=lambda row: row["disposition"])
    assert accepted["document_id"] == duplicate["document_id"] == str(document.pk)
    assert duplicate["duplicate_of"] == document.name
    assert accepted["pages"] == "1"
    assert rows[1]["parent"] == "pack.zip"
    assert rows[3]["disposition"] == "damaged"
    assert rows[3]["reason"]


@pytest.mark.django_db
def test_a_name_is_no_formula(ingest: Upload) -> None:
    name = '=HYPERLINK("http://x.example","a,b")'
    batch = ingest({name: LEASE})
    rows = manifest_of(batch)
    assert rows[0]["name"].startswith("'=HYPERLINK")


@given(st.sampled_from("=+-@\t\r\n"), st.text())
def test_no_cell_begins_like_a_formula(first: str, rest: str) -> None:
    assert inert(first + rest)[0] == "'"
