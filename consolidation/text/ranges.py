"""Ranges of a text's characters."""

#: From the first character to the one after the last.
Range = tuple[int, int]
