"""Awkward files of many makers: what must be in their text, what must not, and what people must be told."""

import gzip
import io
import struct

import pytest

from readers.read import read_file
from readers.result import Limits
from tests.readers.awkward_exports import EXPORTS
from tests.readers.awkward_word import WORD, Case
from tests.readers.building import (
    envelope,
    line,
    old_workbook,
    pdf,
    stream,
    wide,
    winmail,
)
from tests.readers.every_kind import files_of_every_kind, open_document
from tests.readers.samples import archive, mail
from tests.readers.test_ingest_cases import read as read_inside

HEAD = b"From: a@x.example\nTo: b@x.example\nDate: Mon, 01 Jan 2001 10:00:00 +0000\n"
MIXED = b'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="B"\n\n'


def parts(*inner: bytes, before: bytes = b"", after: bytes = b"") -> bytes:
    return (
        HEAD
        + b"Subject: s\n"
        + MIXED
        + before
        + b"".join(b"--B\n" + one + b"\n" for one in inner)
        + b"--B--\n"
        + after
    )


ONE = b"Content-Type: text/plain\n\nBody one"
PGP = b"-----BEGIN PGP MESSAGE-----\n\nhQEM\n-----END PGP MESSAGE-----"
MESSAGE = HEAD + b"Subject: Rent\n\nIt is 900.\n"
SENT = b"From a@x.example Mon Jan  1 10:00:00 2001\n"
MAIL = [
    Case(
        "around.eml",
        parts(ONE, before=b"Above all 900.\n", after=b"Sent by the list.\n"),
        ["Above all 900", "by the list"],
    ),
    Case(
        "usual.eml",
        parts(ONE, before=b"This is a multi-part message in MIME format.\n"),
        ["Body one"],
        ["MIME format"],
    ),
    Case("jis.eml", HEAD + "Subject: 契約書\n\nx\n".encode("iso2022_jp"), ["契約書"]),
    Case("amp.eml", HEAD + b"Content-Type: text/x-amp-html\n\n<p>Rent 900</p>", ["Rent 900"]),
    Case(
        "footer.eml",
        HEAD + b"Content-Transfer-Encoding: base64\n\nTmV0IDMw\n__\nThe list, Vienna\n",
        ["Net 30", "The list, Vienna"],
    ),
    Case(
        "none.eml",
        HEAD + b"Content-Transfer-Encoding: base64\n\nIt is plain, and 900.\n",
        ["It is plain, and 900."],
    ),
    Case(
        "name.eml",
        parts(ONE, 'Content-Type: image/png; name="Bürg.png"\n\nx'.encode("latin-1")),
        told=["1 attachment"],
    ),
    Case("subject.eml", HEAD + b"Subject: Agreed at 900\n\n", ["Agreed at 900"]),
    Case("resent.eml", b"Resent-From: z@x.example\n" + MESSAGE, ["Resent-From: z@x.example"]),
    Case("sealed.eml", HEAD + b"Subject: s\n\n" + PGP, told=["encrypted (PGP)"]),
    Case("close.mbox", (SENT + MESSAGE) * 3, ["It is 900."], told=["3 messages"]),
    Case("mark.mbox", b"\xef\xbb\xbf\n" + (SENT + MESSAGE + b"\n") * 2, told=["2 messages"]),
    Case("bare.mbox", (b"From \n" + MESSAGE + b"\n") * 2, told=["2 messages"]),
    Case(
        "word.mbox",
        SENT + MESSAGE + b"\nFrom 2002 on it is 950:\nNote: and no less.\n",
        ["From 2002 on"],
        told=["1 message "],
    ),
]

TITLE = [(0x0037001F, wide("Lease offer")), (0x1000001F, wide("See the lease."))]
PACKED = winmail(
    TITLE, [("Bürg.txt", b"Net 30 days.")], winmail([(0x1000001F, wide("Please deliver 40 pumps."))])
)
ARCHIVES = [
    Case("winmail.dat", mail("", {"winmail.dat": PACKED}), ["Lease offer", "Net 30 days.", "40 pumps"]),
    Case("winmail.dat", PACKED[:-60], ["See the lease.", "Net 30 days."], told=["incomplete or broken"]),
    Case(
        "winmail.dat", PACKED.replace(b"Net 30", b"Net 90"), ["Net 90 days."], told=["incomplete or broken"]
    ),
    Case("winmail.dat", PACKED[:6], told=["winmail.dat"], disposition="unsupported"),
    Case("lease.p7m", envelope(pdf(line("Signed clause of it"))), ["Signed clause"], told=["is signed"]),
    Case(
        "lease.p7m",
        b"\x30\x82\1\0" + bytes.fromhex("06092a864886f70d010703") + bytes(99),
        disposition="encrypted",
    ),
]

FORM = (
    "<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'><x:datasets xmlns:x='http://www.xfa.org/schema/xfa-data/1.0/'>"
    "<x:data><Sum>905</Sum></x:data></x:datasets></xdp:xdp>"
)
PLACE = "/Rect [72 690 300 712]"


XML = b"<?xml version='1.0'?><!DOCTYPE plist PUBLIC '-//Apple//DTD PLIST 1.0//EN' 'x'>"
SIGNED = "/Subtype /Widget /FT /Sig /T (s) /AP << /N 6 0 R >>"


def annotated(more: str, *, form: bool = False) -> bytes:
    look = "/Type /XObject /Subtype /Form /BBox [0 0 228 22] /Resources << /Font << /F1 3 0 R >> >>"
    return pdf(
        line("Clause of the lease"),
        page="/Annots [7 0 R]",
        catalog="/AcroForm << /Fields [7 0 R] >>" if form else "",
        objects=[
            stream(look, line("Digitally signed by R. Osei", 5, 5)),
            f"<< /Type /Annot {PLACE} {more} >>".encode(),
        ],
    )


TRACKED = (
    "<text:tracked-changes><text:changed-region><text:deletion><text:p>Gone</text:p></text:deletion></text:changed-region>"
    "</text:tracked-changes><text:p>Kept</text:p>"
    '<text:p><text:hidden-paragraph text:is-hidden="true"/>Unseen</text:p>'
)
FLAT = files_of_every_kind()["flat.fodt"].replace(b"<text:p>Ten years</text:p>", TRACKED.encode())
OPEN_ROWS = (
    "<table:table table:name='One'><table:table-row table:visibility='collapse'>"
    "<table:table-cell office:value-type='string'><office:annotation><text:p>Too low</text:p></office:annotation>"
    "<text:p>Rent</text:p></table:table-cell></table:table-row></table:table>"
)
OTHERS = [
    *(
        Case(f"{kind}.pdf", annotated(f"/Subtype /{kind}"), told=["recording"])
        for kind in ("RichMedia", "Movie", "Sound", "Screen")
    ),
    Case(
        "struck.pdf",
        annotated("/Subtype /StrikeOut /QuadPoints [72 715 200 715 72 695 200 695]"),
        told=["struck out"],
    ),
    Case(
        "field.pdf",
        annotated("/Subtype /Widget /FT /Tx /T (a) /V (905)"),
        mustnot=["905"],
        told=["field holds a value"],
    ),
    Case(
        "xfa.pdf",
        pdf(line("Please wait for it"), catalog="/AcroForm << /XFA 6 0 R >>", objects=[stream("", FORM)]),
        ["Sum: 905"],
    ),
    Case("signed.pdf", annotated(SIGNED, form=True), ["signed by R. Osei"]),
    Case(
        "cut.pdf",
        pdf(line("Rent is 900 euros") + "q 72 606 400 300 re W n " + line("Tall means all", y=602) + "Q"),
        ["Tall means all"],
    ),
    *(
        Case(name, data, told=["link to a document"], disposition="unsupported")
        for name, data in (
            ("a.url", b"[InternetShortcut]\r\nURL=https://x.example/lease.pdf\r\n"),
            ("a.desktop", b"[Desktop Entry]\nName=Lease\nType=Link\nURL=https://x.example/lease.pdf\n"),
            ("a.gdoc", b'{"":"WARNING! DO NOT EDIT THIS FILE!","doc_id":"1x","email":"a@x.example"}'),
            ("a.webloc", XML + b"<plist version='1.0'><dict><key>URL</key><string>x</string></dict></plist>"),
        )
    ),
    Case("memo.txt", b"[InternetShortcut] files hold URL=x\n\nRent is 900.", ["Rent is 900."]),
    Case("flat.fodt", FLAT, ["Kept"], ["Gone", "Unseen"], ["tracked changes", "hidden text"]),
    Case(
        "a.xls",
        old_workbook(["0.0%"], [(0, 0, 0, 0.125)], [(0, 1), (1, 1)]),
        ["12.5%"],
        told=["2 cells hold formulas"],
    ),
    Case("b.xls", old_workbook(["0.0%"], [(0, 0, 0, 0.125)]), ["12.5%"]),
    Case("a.ods", open_document("spreadsheet", OPEN_ROWS), ["Rent", "Too low"], told=["hidden row"]),
    Case("a.csv", "Party;Rent\nMüller;900\n".encode("utf-16-le"), ["Müller;900"]),
    Case("mac.csv", "Party;Rent\rMüller;900\r".encode("mac_roman"), ["Müller;900"]),
    Case("a.html", b"<meta charset=utf-8><body>" + "Bürgschaft für".encode("cp1252"), ["Bürgschaft für"]),
    Case(
        "alt.html",
        b"<body><img src=a.png alt='Signed by R. Osei'><object data=a.pdf>As set out</object>",
        ["R. Osei", "As set out"],
        told=["frames"],
    ),
    Case("made.html", b"<body><script>write('rent')</script></body>", told=["script"], disposition="no_text"),
    Case(
        "said.html",
        b"<style>i:before{content:'NOT '}</style><body>is <i></i>due",
        ["is due"],
        told=["styles"],
    ),
    Case(
        "row.html",
        b"<table><tr><td>A<p>b</p><td colspan=2>C<br>d<td>E<tr><td><p>F</p><p>g</p><td>H</table>",
        ["A b\tC d\t\tE\nF g\tH"],
    ),
    Case(
        "lay.html", b"<table><tr><td><ul><li>one<li>two</ul><td>three</table>four", ["one\ntwo\nthree\nfour"]
    ),
    Case(
        "a.rtf",
        rb"{\rtf1 Body {\shp{\*\shpinst{\shptxt Boxed 900\par}}}\par a\cell b\cell\row}",
        ["Boxed 900", "a\tb"],
    ),
    *(
        Case(name, start + bytes(range(256)), told=[said], disposition="unsupported")
        for name, start, said in (
            ("a.dwg", b"AC1032", "AutoCAD"),
            ("a.emf", struct.pack("<II", 1, 88) + bytes(32) + b" EMF", "drawing"),
            ("a.lnk", b"L\0\0\0\1\x14\2\0", "shortcut"),
            ("a.db", b"SQLite format 3\0", "database"),
            ("a.flac", b"fLaC\0", "recording"),
            ("a.avif", b"\0\0\0\x20ftypavif", "picture"),
            ("a.jp2", b"\0\0\0\x0cjP  \r\n\x87\n", "picture"),
        )
    ),
]


@pytest.mark.parametrize(
    "cases", [WORD, MAIL, ARCHIVES, OTHERS, EXPORTS], ids=["word", "mail", "archives", "others", "exports"]
)
def test_awkward_files_are_read_or_told(cases: list[Case]) -> None:
    wrong = []
    for case in cases:
        name = case.name if "." in case.name else f"{case.name}.docx"
        found = read_inside(case.data, name, Limits())
        every = list(found.everything())
        text = "\n".join(page for parsed in every for page in parsed.pages)
        told = " ".join(
            [note.text for one in every for note in one.notes]
            + [one.reason for one in every]
            + [*found.inside]
        )
        faults = [f"missing {one!r}" for one in case.must if one not in text]
        faults += [f"there {one!r}" for one in case.mustnot if one in text]
        faults += [f"untold {one!r}" for one in case.told if one not in told]
        if case.disposition not in ("", found.parsed.disposition):
            faults.append(found.parsed.disposition)
        if faults:
            wrong.append((case.name, faults, text[:300], told[:300]))
    assert wrong == []


def test_names_in_a_mail_and_in_archives_are_read_and_lead_nowhere() -> None:
    message = parts(
        ONE,
        'Content-Type: image/png; name="Bürg.png"\n\nx'.encode("latin-1"),
        b"Content-Type: message/delivery-status\n\nStatus: 5.1.1",
    )
    given = [(message, "a.eml"), (archive({"a.txt.gz": gzip.compress(b"x")}), "a.zip")]
    names = [
        [member.name for member in read_file(io.BytesIO(data), name, Limits(), io.BytesIO()).members]
        for data, name in given
    ]
    assert names == [["Bürg.png", "delivery report.txt"], ["a.txt.gz"]]
