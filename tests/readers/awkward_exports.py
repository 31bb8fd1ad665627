"""Awkward files that programs export or leave half written: what must be in their text, what people must be told."""

import base64
import json

from tests.readers.awkward_word import Case
from tests.readers.building import envelope, line, pdf, stream
from tests.readers.every_kind import files_of_every_kind
from tests.readers.samples import archive

KINDS = files_of_every_kind()
CARD = (
    "BEGIN:VCARD\r\nVERSION:2.1\r\nFN:Rita Osei\r\nTEL;CELL:+43 1 900\r\n"
    "item1.EMAIL;type=WORK:r@x.example\r\n"
    "NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller =\r\n und Co\r\nORG:Osei;Claims\r\n"
    "PHOTO;ENCODING=b;TYPE=JPEG:QUJDQUJD\r\nEND:VCARD\r\n"
)
PACKED = base64.b64encode(b"Net 906 days").decode()
CALENDAR = (
    "BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nSUMMARY:Pay 905\r\n"
    f"ATTACH;VALUE=BINARY;ENCODING=BASE64;X-FILENAME=a.txt:{PACKED}\r\nEND:VTODO\r\nEND:VCALENDAR\r\n"
)
CHAT = [
    {"user": "U1", "text": "M\u00fcller agreed", "files": [{"name": "lease.pdf"}]},
    {"text": "Rent is 905"},
]
PAYMENTS = "Datum;Betrag;Text\n01.02.2024;900,00;Mietzahlung für März, Bürgschaft, Österreich, Straße\n"
PAGE = (
    b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=X\r\n\r\n--X\r\nContent-Type: text/html\r\n"
    b"Content-Transfer-Encoding: quoted-printable\r\n\r\n<body>M=FCller agreed\r\n--X--\r\n"
)
TEMPLATE = (
    "<template><subform><draw><value><text>Leave to appeal</text></value></draw><field><caption><value>"
    "<text>Name of party</text></value></caption><items><text>unchosen</text></items></field></subform></template>"
)
WAITING = pdf(
    line("Please wait"),
    catalog="/AcroForm << /Fields [] /XFA [(template) 6 0 R] >>",
    objects=[stream("", TEMPLATE)],
)
MESSAGE = (
    b"From: a@x.example\nTo: b@x.example\nSubject: s\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
    b"Content-Transfer-Encoding: quoted-printable\n\nM=C3=BCller agreed\n"
)


def cut(name: str, told: str = "is missing", disposition: str = "") -> Case:
    """A file of every kind whose last third is missing."""
    data = KINDS[name]
    return Case(name, data[: 2 * len(data) // 3], told=[told], disposition=disposition)


EXPORTS = [
    Case(
        "a.vcf",
        CARD.encode(),
        ["Rita Osei", "E-mail: r@x.example", "Müller und Co", "Osei, Claims"],
        ["QUJD"],
        ["Pictures, sounds"],
    ),
    Case("a.ics", CALENDAR.encode(), ["Pay 905", "Net 906 days"], told=["became a file"]),
    Case(
        "chat.json",
        json.dumps(CHAT).encode(),
        ["text: Müller agreed\nfiles:\nname: lease.pdf", "Rent is 905"],
    ),
    Case("chat.jsonl", b'{"text": "Rent is 905"}\n{"text": "Net 906"}\n', ["Rent is 905", "text: Net 906"]),
    Case("half.json", b'{"text": "Rent is 905", "to', ["Rent is 905"]),
    Case("dos.csv", PAYMENTS.encode("cp850"), ["für März", "Bürgschaft", "Österreich", "Straße"]),
    Case("page.doc", PAGE, ["Müller agreed"]),
    Case("mail.txt", MESSAGE, ["Müller agreed"]),
    Case("wait.pdf", WAITING, ["Leave to appeal", "Name of party"], ["unchosen"], ["dynamic form"]),
    Case(
        "a.svg",
        b"<svg xmlns='http://www.w3.org/2000/svg'><text>Drawn 905</text></svg>",
        ["Drawn 905"],
        ["xmlns"],
    ),
    Case("a.fdf", b"%FDF-1.2\n1 0 obj <<>> endobj", told=["without the form"], disposition="unsupported"),
    Case(
        "chat.zip",
        archive({"_chat.txt": b"Rent is 905", "a.opus": b"OggS\0"}),
        ["Rent is 905"],
        told=["recording"],
    ),
    Case("signed.p7m", envelope(pdf(line("Clause")))[:-200], told=["incomplete"], disposition="damaged"),
    cut("invite.ics"),
    cut("old.rtf"),
    cut("data.xml"),
    cut("one.eml", "ends in the middle"),
    cut("page.html", "ends in the middle"),
    cut("old.xls", "incomplete", "damaged"),
    cut("note.msg", "incomplete", "damaged"),
]
