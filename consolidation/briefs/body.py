"""Where the body of an agreement ends: behind its signatures, what is annexed begins."""

from __future__ import annotations

import re

from consolidation.briefs.opening import Opening

_SIGNED = re.compile(r"\bIN\s+WITNESS\s+WHEREOF\b|\bIn\s+witness\s+whereof\b|/s/")
#: The heading of something annexed, alone in its line. NB: "Exhibit 10.38" is what a filing calls the agreement.
_ANNEXED = re.compile(
    r"\n[ \t]{0,60}(?:(?:EXHIBIT|Exhibit|SCHEDULE|Schedule|ANNEX|Annex|APPENDIX|Appendix|ATTACHMENT|Attachment)"
    r"[ \t]{1,4}(?!\d{1,2}\.\d)[\"\u201c]?[\w.()*-]{1,12}[\"\u201d]?"
    r"|(?:[A-Z]+[ \t]){0,3}GUARANT(?:Y|EE)|RIDER)[ \t]{0,40}(?=\n)"
)


def body_end(text: str, opening: Opening | None) -> int:
    """Where what is annexed begins, behind the first signatures after the opening; else the end of the text."""
    signed = _SIGNED.search(text, opening.end if opening else 0)
    annexed = _ANNEXED.search(text, signed.end()) if signed else None
    return annexed.start() if annexed else len(text)
