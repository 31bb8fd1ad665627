"""Ranges of a text's characters."""

import unicodedata

#: From the first character to the one after the last.
Range = tuple[int, int]


def in_word(text: str, at: int) -> bool:
    """Whether a word goes on from the character before a place to the one behind it, also over the "&" of a name.

    Between characters of scripts that write no spaces it does not: what their words are is not told.
    """
    if not 0 < at < len(text):
        return False
    before, behind = at - 1 - (text[at - 1] == "&"), at + (text[at] == "&")
    return 0 <= before < behind < len(text) and _is_of_word(text[before]) and _is_of_word(text[behind])


def whole_words(text: str, place: Range) -> Range:
    """A place drawn out to the bounds of the words in which it begins and ends; an empty one stays as it is."""
    low, high = place
    if low >= high:
        return place
    while in_word(text, low):
        low -= 1
    while in_word(text, high):
        high += 1
    return low, high


def _is_of_word(character: str) -> bool:
    if unicodedata.combining(character):
        return True
    return character.isalnum() and unicodedata.east_asian_width(character) not in "WF"
