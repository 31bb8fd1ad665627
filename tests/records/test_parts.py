"""Answers to conditions, as cells keep them."""

from reviewapp.questions.parts import Part, parts_of, stored


def test_parts_are_read_as_they_were_written() -> None:
    parts = [Part("check", "Oregon", "unless agreed"), Part("not_found")]
    assert parts_of(stored(parts)) == parts


def test_what_is_missing_of_a_part_was_not_examined_or_is_empty() -> None:
    assert parts_of([{}, {"state": "check", "text": None}]) == [Part("not_examined"), Part("check")]
