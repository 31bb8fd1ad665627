"""Files that are broken in one place or many."""

import io
import random
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path


def mutated(sources: Sequence[Path], count: int, seed: int) -> Iterator[tuple[Path, bytes]]:
    """Files of the sources with bytes changed, cut out, doubled or put in, the same for the same seed.

    Of packages, every other time a part is broken and packed again: their checksums keep other breaks from it.
    """
    chance = random.Random(seed)
    for _ in range(count):
        path = chance.choice(sources)
        data = path.read_bytes()
        if data.startswith(b"PK\x03\x04") and chance.random() < 0.5:
            yield path, _broken_within(data, chance)
        else:
            yield path, _broken(data, chance)


def _broken_within(data: bytes, chance: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w") as copy:
        entries = archive.infolist()
        chosen = chance.randrange(len(entries))
        for number, entry in enumerate(entries):
            part = archive.read(entry)
            copy.writestr(entry.filename, _broken(part, chance) if number == chosen else part)
    return out.getvalue()


def _broken(whole: bytes, chance: random.Random) -> bytes:
    data = bytearray(whole)
    for _ in range(chance.choice((1, 1, 3, 10, 50))):
        at = chance.randrange(max(1, len(data)))
        what = chance.randrange(4)
        if what == 0 and data:
            data[at % len(data)] = chance.randrange(256)
        elif what == 1:
            del data[at : at + chance.choice((1, 10, 1000))]
        elif what == 2:
            data[at:at] = data[at : at + chance.choice((1, 10, 1000))]
        else:
            data[at:at] = chance.randbytes(chance.choice((1, 4, 100)))
    return bytes(data)
