"""Messages, whatever is broken in them, and collections of them."""

import base64
import binascii
import io
import struct
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from readers.read import read_file
from readers.result import Limits, Parsed
from tests.readers.building import compound, outlook
from tests.readers.samples import archive
from tests.readers.test_ingest_cases import read as read_inside

HEAD = b"From: a@x.example\nTo: b@x.example\nSubject: Order\nDate: Mon, 5 Mar 2018 09:00:00 +0000\nMIME-Version: 1.0\n"


def read(data: bytes, name: str = "m.eml", limits: Limits | None = None) -> Parsed:
    return read_file(io.BytesIO(data), name, limits or Limits(), io.BytesIO())


def multipart(kind: str, *parts: tuple[str, str]) -> bytes:
    body = "".join(f"--B\nContent-Type: {head}\n\n{text}\n" for head, text in parts)
    return HEAD + f'Content-Type: multipart/{kind}; boundary="B"\n\n{body}--B--\n'.encode()


PLAIN = ("text/plain; charset=utf-8", "The price of the mill is 40,000.")


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<p>The price of the <b>mill</b> is 40,000.</p>", "The price of the mill is 40,000."),
        (
            "<p>The price of the mill is 40,000.</p><p>It is due on the first of July in Vienna.</p>",
            "first of July",
        ),
        ("<p>Mill.</p>", "The price of the mill"),
    ],
    ids=["same", "says more", "says less"],
)
def test_of_two_versions_the_one_that_says_most_is_read(html: str, kept: str) -> None:
    parsed = read(multipart("alternative", PLAIN, ("text/html; charset=utf-8", html)))
    assert kept in parsed.pages[0]
    assert parsed.pages[0].count("The price of the mill") == 1
    assert any("do not say the same" in note.text for note in parsed.notes) == ("July" in html)


def test_an_invitation_beside_the_text_is_a_file() -> None:
    parsed = read(multipart("alternative", PLAIN, ("text/calendar", "BEGIN:VCALENDAR\nEND:VCALENDAR")))
    assert [member.name for member in parsed.members] == ["invitation.ics"]


def test_pictures_in_the_text_are_told_and_others_are_files() -> None:
    image = base64.b64encode(b"\x89PNG" + bytes(60)).decode()
    parsed = read(
        multipart(
            "related",
            ("text/html", '<p>See below <img src="cid:logo@1"></p>'),
            ("image/png\nContent-ID: <logo@1>\nContent-Transfer-Encoding: base64", image),
            ("image/png; name=scan.png\nContent-ID: <scan@1>\nContent-Transfer-Encoding: base64", image),
        )
    )
    assert [member.name for member in parsed.members] == ["scan.png"]
    assert any("1 picture is small" in note.text for note in parsed.notes)


@pytest.mark.parametrize(
    ("charset", "data", "expected"),
    [
        ("us-ascii", "Gebühr fünf".encode(), "Gebühr fünf"),
        ("utf-8", "Gebühr fünf Prozent der Summe".encode("cp1252"), "Gebühr fünf"),
        ("x-unknown", "Gebühr".encode(), "Gebühr"),
        ("koi8-r", "Договор".encode("koi8_r"), "Договор"),
        ("iso-2022-jp", "契約書".encode("iso2022_jp"), "契約書"),
    ],
)
def test_the_encoding_that_fits_wins_over_the_one_that_is_named(
    charset: str, data: bytes, expected: str
) -> None:
    parsed = read(HEAD + f"Content-Type: text/plain; charset={charset}\n\n".encode() + data)
    assert expected in parsed.pages[0]


@pytest.mark.parametrize(
    ("header", "shown"),
    [
        ("Subject: =?utf-8?Q?Pr=C3=BCfung?= =?utf-8?Q?_neu?=", "Subject: Prüfung neu"),
        ("Subject: =?nonsense?Q?x?=", "Subject: "),
        ("Subject: =?utf-8?B?!!!?=", "Subject: "),
        ("Subject: a\n b", "Subject: a b"),
        ("Bcc: c@x.example", "Bcc: c@x.example"),
        ("Reply-To: r@x.example", "Reply-To: r@x.example"),
    ],
)
def test_headers_are_read_whatever_is_in_them(header: str, shown: str) -> None:
    head = HEAD.replace(b"Subject: Order\n", b"") if header.startswith("Subject") else HEAD
    parsed = read(header.encode() + b"\n" + head + b"\nThe text.")
    assert parsed.disposition == "accepted"
    assert shown in parsed.pages[0]
    assert parsed.pages[0].endswith("The text.")


def nested(depth: int) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@x.example", "b@x.example", f"Level {depth}"
    message.set_content(f"Text of level {depth}.")
    if depth:
        inner = message_from_bytes(nested(depth - 1), policy=policy.default)
        message.add_attachment(inner, filename=f"level{depth - 1}.eml")
    return message.as_bytes()


def test_messages_that_lie_too_deep_are_in_the_text() -> None:
    parsed = read(nested(3), limits=Limits(container_depth=0))
    assert all(f"Text of level {depth}." in parsed.pages[0] for depth in range(4))
    assert parsed.members == ()


def test_a_message_in_a_zip_in_a_message_is_read_with_what_is_attached_to_it() -> None:
    inner = multipart("mixed", PLAIN, ('text/csv; name="list.csv"', "a,b"))
    packed = archive({"kept.emlx": f"{len(inner)}\n".encode() + inner + b"<?xml version='1.0'?><plist/>"})
    file = outlook({0x3707: "mails.zip"}, header=8)
    file["__substg1.0_37010102"] = packed
    properties = file["__properties_version1.0"]
    assert isinstance(properties, bytes)
    file["__properties_version1.0"] = properties + struct.pack("<HHIII", 0x0102, 0x3701, 6, len(packed), 0)
    outer = compound(outlook({0x0037: "Zip"}, {"__attach_version1.0_#00000000": file}))
    found = read_inside(outer, "a.msg", Limits())
    message = found.inside["mails.zip"].inside["kept.emlx"]
    assert found.parsed.pages == ("Subject: Zip",)
    assert message.parsed.pages[0].endswith("\n\nThe price of the mill is 40,000.")
    assert message.inside["list.csv"].parsed.pages == ("a,b",)


def test_a_file_that_lies_too_deep_says_so() -> None:
    data = multipart("mixed", PLAIN, ('text/csv; name="list.csv"', "a,b"))
    parsed = read(data, limits=Limits(container_depth=0))
    assert parsed.disposition == "accepted"
    assert [(member.name, member.disposition) for member in parsed.members] == [("list.csv", "too_large")]
    assert [note.kind for note in parsed.notes if note.kind == "unread"]


def test_each_message_of_a_mailbox_is_a_file() -> None:
    one = b"From a@x.example Tue Jan  2 10:00:00 2018\n" + HEAD + b"\nFirst.\n>From here on.\n\n"
    data = one + one.replace(b"First", b"Second").replace(b"Order", b"Re: a/b")
    spool = io.BytesIO()
    parsed = read_file(io.BytesIO(data), "archive", Limits(), spool)
    assert parsed.disposition == "expanded"
    assert [member.name for member in parsed.members] == ["0001 Order.eml", "0002 Re: a b.eml"]
    first = parsed.members[0]
    assert b"\nFrom here on." in spool.getvalue()[first.offset : first.offset + first.size]


def test_a_signed_message_is_read_and_its_signature_is_no_file() -> None:
    parsed = read(multipart("signed", PLAIN, ("application/pgp-signature", "-----BEGIN PGP SIGNATURE-----")))
    assert parsed.members == ()
    assert any("signed" in note.text for note in parsed.notes)


def test_a_message_of_outlook_is_read_with_what_is_attached_to_it() -> None:
    inner = outlook({0x0037: "Original order", 0x1000: "Please deliver 40 pumps."}, header=24)
    file = outlook({0x3707: "terms.txt"}, header=8)
    file["__substg1.0_37010102"] = b"Net 30 days."
    properties = file["__properties_version1.0"]
    assert isinstance(properties, bytes)
    file["__properties_version1.0"] = properties + struct.pack("<HHIII", 0x0102, 0x3701, 6, 12, 0)
    message = outlook(
        {
            0x0037: "Fwd: Order",
            0x1000: "See below.",
            0x0C1A: "Orla Finch",
            0x5D01: "orla@x.example",
            0x0E04: "Bo",
        },
        {
            "__recip_version1.0_#00000000": outlook({0x3001: "Bo", 0x39FE: "bo@x.example"}, header=8),
            "__attach_version1.0_#00000000": file,
            "__attach_version1.0_#00000001": outlook(
                {0x3707: "fwd"}, {"__substg1.0_3701000D": inner}, header=8
            ),
        },
    )
    spool = io.BytesIO()
    parsed = read_file(io.BytesIO(compound(message)), "a.msg", Limits(), spool)
    assert parsed.disposition == "accepted", parsed.reason
    assert parsed.pages[0].split("\n")[:3] == [
        "From: Orla Finch <orla@x.example>",
        "To: Bo <bo@x.example>",
        "Subject: Fwd: Order",
    ]
    assert parsed.pages[0].endswith("See below.")
    taken = {m.name: spool.getvalue()[m.offset : m.offset + m.size] for m in parsed.members}
    assert taken["terms.txt"] == b"Net 30 days."
    assert "40 pumps" in read(taken["fwd.eml"], "fwd.eml").pages[0]


def test_a_file_written_into_the_text_is_a_file() -> None:
    data = (
        HEAD
        + b"\nSee below.\nbegin 644 note.txt\n"
        + binascii.b2a_uu(b"Net 30 days.")
        + b"`\nend\nThe end.\n"
    )
    parsed = read(data)
    assert [member.name for member in parsed.members] == ["note.txt"]
    assert "begin" not in parsed.pages[0]
    assert parsed.pages[0].endswith("The end.")
    assert "begin 100 clauses" in read(HEAD + b"\nbegin 100 clauses\nend\n").pages[0]
