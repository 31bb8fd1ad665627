"""The brief of a document: its facts by rules, each with its place and its quote."""

from consolidation.briefs.described import Described, described, described_by
from consolidation.briefs.fields import Brief, Definition, Field, Heading, Named, Party
from consolidation.briefs.headings import headings, running_lines, running_ranges
from consolidation.briefs.making import brief

#: Names the rules; another name says that they may find other facts in the same text.
VERSION = "rules-17"

__all__ = [
    "VERSION",
    "Brief",
    "Definition",
    "Described",
    "Field",
    "Heading",
    "Named",
    "Party",
    "brief",
    "described",
    "described_by",
    "headings",
    "running_lines",
    "running_ranges",
]
