"""Awkward Word files: what must be in their text, what must not, and what people must be told."""

from collections.abc import Sequence
from typing import NamedTuple

from tests.readers.building import W, package, paragraph, word

BODY = f"<w:document {W}><w:body>{paragraph('Root clause')}</w:body></w:document>"


class Case(NamedTuple):
    name: str
    data: bytes
    must: Sequence[str] = ()
    mustnot: Sequence[str] = ()
    told: Sequence[str] = ()
    disposition: str = ""


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def code(text: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve">{text}</w:instrText></w:r>'


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def field(instruction: str, *result: str) -> str:
    return (
        mark("begin")
        + code(instruction)
        + "".join([mark("separate"), *result] if result else [])
        + mark("end")
    )


WIDE = '<w:gridSpan w:val="2"/>'
MONTH = f"<w:tc><w:p>{run('each')}<w:r><w:br/><w:tab/></w:r>{run('month')}</w:p></w:tc>"
INNER = field(" MERGEFIELD kind ", run("SECRET"))
CONDITION = (
    mark("begin") + code(" IF ") + INNER + code(' = "a" ') + mark("separate") + run("500") + mark("end")
)
WORD = [
    Case(
        "codes",
        word(f"<w:p>{run('The fee is ')}{CONDITION}{run(' euros.')}</w:p>"),
        ["fee is 500 euros."],
        ["SECRET"],
    ),
    Case("open field", word(f"<w:p>{mark('begin')}{code(' REF a ')}{run('No end')}</w:p>"), ["No end"]),
    Case("button", word(f"<w:p>{field(' MACROBUTTON No [Type the rent] ')}</w:p>"), ["[Type the rent]"]),
    Case(
        "no result",
        word(f"<w:p>{run('Rate: ')}{field(' DOCPROPERTY Rate ')}</w:p>"),
        ["Rate:"],
        told=["1 field shows"],
    ),
    Case(
        "rows",
        word(
            f"<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr>{cell('Floor price')}</w:tr>"
            f"<w:tr>{cell('Rent', WIDE)}{cell('due')}</w:tr>"
            f"<w:tr>{cell('net')}{cell('900')}{MONTH}</w:tr></w:tbl>"
        ),
        ["Rent\t\tdue\nnet\t900\teach month"],
        ["Floor price"],
        ["hidden text in one place"],
    ),
    Case("other folder", package("contents/main.xml", {"contents/main.xml": BODY}, {}), ["Root clause"]),
    Case("capitals", package("WORD/Document.xml", {"word/document.xml": BODY}, {}), ["Root clause"]),
    Case(
        "utf-16",
        package(
            "word/document.xml",
            {"word/document.xml": f"<?xml version='1.0' encoding='utf-16'?>{BODY}".encode("utf-16")},
            {},
        ),
        ["Root clause"],
    ),
    Case(
        "broken part",
        package("word/document.xml", {"word/document.xml": BODY[:-20]}, {}),
        ["Root clause"],
        told=["broken"],
    ),
    Case("lost part", word(paragraph("Body"), comments="no marks"), ["Body"], told=["broken and left out"]),
]
