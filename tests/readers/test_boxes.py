"""Where words stand."""

import base64
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readers.boxes import Placed, pack, unpack
from readers.read import read_file
from readers.result import Limits
from tests.readers.building import line, pdf

WORDS = st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=9), max_size=20)


@given(WORDS)
def test_what_is_packed_is_unpacked(words: list[str]) -> None:
    text = " ".join(words)
    box = (0.1, 0.2, 0.3, 0.4)
    found = unpack(base64.b64decode(pack(text, [Placed(word, box) for word in words])))
    assert [text[one.start : one.end] for one in found] == words
    assert all(one.box == pytest.approx(box, abs=1e-4) for one in found)


def test_other_bytes_are_no_boxes() -> None:
    with pytest.raises(ValueError, match="no packed boxes"):
        unpack(b"something else")


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_boxes_are_of_the_page_as_it_is_shown(turned: int) -> None:
    data = pdf(line("Corner stone", 10, 770), page=f"/Rotate {turned}")
    parsed = read_file(io.BytesIO(data), "a.pdf", Limits(), io.BytesIO())
    left, top, right, bottom = unpack(base64.b64decode(parsed.boxes[0]))[0].box
    assert left < right
    assert top < bottom
    corner = {0: (left, top), 90: (1 - right, top), 180: (1 - right, 1 - bottom), 270: (left, 1 - bottom)}[
        turned
    ]
    assert max(corner) < 0.05
