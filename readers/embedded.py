"""Files that are embedded in documents of Office programs, as members."""

from collections.abc import Iterable

from readers.archive import Spool, safe_name
from readers.ole import packaged
from readers.package import Package, Relationship
from readers.result import INSIDE, UNREAD, Member, Note

KINDS = frozenset({"package", "oleObject", "aFChunk"})


def taken(package: Package, related: Iterable[Relationship], spool: Spool) -> tuple[list[Member], list[Note]]:
    """The embedded files among relationships as members, and what people have to know. Raises Refused past limits."""
    names = dict.fromkeys(one.target for one in related if one.kind in KINDS and not one.is_outside)
    if names and spool.limits.container_depth < 1:
        text = f"{_files(len(names))} {_are(len(names))} too deep in other files and not read."
        return [], [Note(UNREAD, text)]
    members: list[Member] = []
    lost = max(0, len(names) - spool.limits.member_count)
    for target in list(names)[: spool.limits.member_count]:
        data = package.data(target)
        name = safe_name(target.rpartition("/")[2]) or "embedded"
        inner = packaged(data, name) if data else None
        if inner is None:
            lost += 1
        else:
            members.append(spool.add(safe_name(inner[0]) or name, inner[1]))
    notes = []
    if members:
        became = "became a file of its own" if len(members) == 1 else "became files of their own"
        notes.append(Note(INSIDE, f"{_files(len(members))} {became}."))
    if lost:
        text = f"{_files(lost)} {_are(lost)} of a kind that is not read. Open the document and save it from there."
        notes.append(Note(UNREAD, text))
    return members, notes


def _files(count: int) -> str:
    return "1 embedded file" if count == 1 else f"{count} embedded files"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"
