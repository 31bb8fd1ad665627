"""Files that are embedded in documents of Office programs, as members."""

from collections.abc import Iterable, Iterator
from typing import Any

from readers.archive import Spool, safe_name
from readers.ole import packaged, stored
from readers.package import Package, Relationship
from readers.result import INSIDE, UNREAD, Member, Note

_EMBEDDED_IN_XLS = "MBD"
KINDS = frozenset({"package", "oleObject", "aFChunk"})


def taken(package: Package, related: Iterable[Relationship], spool: Spool) -> tuple[list[Member], list[Note]]:
    """The embedded files among relationships as members, and what people have to know. Raises Refused past limits."""
    names = dict.fromkeys(one.target for one in related if one.kind in KINDS and not one.is_outside)
    if names and spool.limits.container_depth < 1:
        return [], [_too_deep(len(names))]
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
    return members, list(_notes(len(members), lost))


def in_old_workbook(ole: Any, spool: Spool) -> tuple[list[Member], list[Note]]:
    """The files embedded in an XLS, and what people have to know. Raises Refused past limits."""
    names = [one[0] for one in ole.listdir(streams=False, storages=True) if len(one) == 1]
    names = [name for name in names if name.startswith(_EMBEDDED_IN_XLS)]
    if names and spool.limits.container_depth < 1:
        return [], [_too_deep(len(names))]
    packed = [stored(ole, f"{name}/", "embedded") for name in names[: spool.limits.member_count]]
    members = [spool.add(safe_name(one[0]) or "embedded", one[1]) for one in packed if one is not None]
    return members, list(_notes(len(members), len(names) - len(members)))


def _too_deep(count: int) -> Note:
    return Note(UNREAD, f"{_files(count)} {_are(count)} too deep in other files and not read.")


def _notes(taken: int, lost: int) -> Iterator[Note]:
    if taken:
        became = "became a file of its own" if taken == 1 else "became files of their own"
        yield Note(INSIDE, f"{_files(taken)} {became}.")
    if lost:
        text = f"{_files(lost)} {_are(lost)} of a kind that is not read. Open the document and save it from there."
        yield Note(UNREAD, text)


def _files(count: int) -> str:
    return "1 embedded file" if count == 1 else f"{count} embedded files"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"
