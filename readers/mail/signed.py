"""The content of a message that is signed and not encrypted (RFC 5652, section 5), without checking who signed."""

from typing import IO

from readers.result import ENCRYPTED, UNSUPPORTED, Refused

_DATA = bytes.fromhex("06092a864886f70d010701")
_SIGNED = bytes.fromhex("06092a864886f70d010702")
_SEALED = bytes.fromhex("06092a864886f70d010703")
_CONTENT = 0xA0
_OCTETS, _OCTETS_IN_PARTS = 0x04, 0x24
_END = b"\x00\x00"
_MOST_NESTED = 8


def is_envelope(head: bytes) -> bool:
    """Whether a file begins as an envelope of signed or encrypted data does."""
    return head[:1] == b"\x30" and (_SIGNED in head[:32] or _SEALED in head[:32])


def content_of(file: IO[bytes]) -> bytes:
    """What is in the envelope of a signed file. Raises Refused with encrypted or unsupported."""
    file.seek(0)
    data = file.read()
    if _SEALED in data[:32]:
        raise Refused(ENCRYPTED, "The file is encrypted (S/MIME). Save it decrypted and upload that.")
    if not (content := signed_content(data)):
        raise Refused(
            UNSUPPORTED,
            "This is a signature that stands apart from what is signed. Upload the file that is signed.",
        )
    return content


def is_cut_off(file: IO[bytes]) -> bool:
    """Whether the file of an envelope ends before that does."""
    file.seek(0)
    data = file.read()
    try:
        _, length, at = _head(data, 0)
    except (IndexError, ValueError):
        return True
    return at + length > len(data) if length is not None else not data.rstrip().endswith(_END)


def signed_content(data: bytes) -> bytes | None:
    """What was signed; None when the data is no such envelope, or holds its content elsewhere."""
    if _SIGNED not in data[:64]:
        return None
    start = data.find(_DATA, data.index(_SIGNED) + len(_SIGNED))
    if start < 0:
        return None
    try:
        tag, _, at = _head(data, start + len(_DATA))
        if tag != _CONTENT:
            return None
        return _octets(data, at, 0)[0]
    except (IndexError, ValueError):
        return None


def _head(data: bytes, at: int) -> tuple[int, int | None, int]:
    """Tag, length (None where an end mark follows) and start of the value that begins at a place."""
    tag, length = data[at], data[at + 1]
    if length == 0x80:
        return tag, None, at + 2
    if length < 0x80:
        return tag, length, at + 2
    size = length & 0x7F
    if size > 8:
        raise ValueError("too long")
    return tag, int.from_bytes(data[at + 2 : at + 2 + size], "big"), at + 2 + size


def _octets(data: bytes, at: int, depth: int) -> tuple[bytes, int]:
    """The octets of a string that begins at a place, and where it ends."""
    tag, length, start = _head(data, at)
    if tag == _OCTETS and length is not None:
        return data[start : start + length], start + length
    if tag != _OCTETS_IN_PARTS or depth > _MOST_NESTED:
        raise ValueError("no octets")
    parts = []
    at = start
    while (length is None and data[at : at + 2] != _END) or (length is not None and at < start + length):
        part, at = _octets(data, at, depth + 1)
        parts.append(part)
    return b"".join(parts), at + (2 if length is None else 0)
