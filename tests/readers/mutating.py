"""Files that are broken in one place or many."""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path


def mutated(sources: Sequence[Path], count: int, seed: int) -> Iterator[tuple[Path, bytes]]:
    """Files of the sources with bytes changed, cut out, doubled or put in, the same for the same seed."""
    chance = random.Random(seed)
    for _ in range(count):
        path = chance.choice(sources)
        data = bytearray(path.read_bytes())
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
        yield path, bytes(data)
