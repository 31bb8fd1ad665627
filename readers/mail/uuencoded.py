"""Files that old mail programs wrote into the text of a message (POSIX uuencode)."""

import binascii
import re
from email.encoders import encode_base64
from email.message import Message

_UUENCODED = re.compile(r"^begin [0-7]{3,4} ([^\n]+)\n((?:[ -`]+\n)+)end[ \t]*$", re.MULTILINE)


def without_uuencoded(text: str) -> "tuple[str, list[Message]]":
    """A text without the files that old mail programs wrote into it (POSIX uuencode), and those files."""
    files: list[Message] = []

    def take(match: re.Match[str]) -> str:
        try:
            data = b"".join(binascii.a2b_uu(line) for line in match[2].splitlines() if line)
        except (binascii.Error, ValueError):
            return match[0]
        part = Message()
        part["Content-Type"] = "application/octet-stream"
        part.add_header("Content-Disposition", "attachment", filename=match[1])
        part.set_payload(data)
        encode_base64(part)
        files.append(part)
        return ""

    return (_UUENCODED.sub(take, text) if "begin " in text else text), files
