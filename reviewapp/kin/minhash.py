"""MinHash of word shingles (Broder 1997), in numpy: what is like what, without comparing all with all.

NB: the libraries for it bring SciPy, whose import alone takes longer than the signature of a contract.
"""

import re
import zlib
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

VERSION = 1
SHINGLE_WORDS = 5
HASHES = 128
BANDS, BAND_ROWS = 21, 6
#: Of a longer text its beginning is compared, so that the work has a bound.
MOST_CHARACTERS = 2_000_000
_WORD = re.compile(r"\w+")
_PRIME = np.uint64(2**31 - 1)

Hashes = NDArray[np.uint64]


@dataclass(frozen=True)
class Marks:
    """What a text is compared by: its shingles, its packed signature and the bands of it."""

    shingles: set[int]
    packed: bytes
    bands: list[int]


def marks_of(text: str) -> Marks:
    """The marks of a text; some tens of milliseconds for a contract."""
    shingles = shingles_of(text)
    signature = signature_of(shingles)
    return Marks(shingles, pack(signature), bands_of(signature))


def shingles_of(text: str) -> set[int]:
    """Hashes below 2^31 of all runs of five words, in small letters; of a text with fewer words of them all."""
    words = [zlib.crc32(word.encode()) for word in _WORD.findall(text[:MOST_CHARACTERS].lower())]
    if not words:
        return set()
    runs = max(1, len(words) - SHINGLE_WORDS + 1)
    numbers = np.array(words, dtype=np.uint64)
    mixed = np.zeros(runs, dtype=np.uint64)
    for place in range(min(SHINGLE_WORDS, len(words))):
        mixed = mixed * np.uint64(6364136223846793005) + numbers[place : place + runs] + np.uint64(1442695)
        mixed ^= mixed >> np.uint64(29)
    return set(((mixed * np.uint64(2685821657736338717)) >> np.uint64(33)).tolist())


def share_of(one: set[int], other: set[int]) -> float:
    """The Jaccard index of two sets of shingles."""
    return len(one & other) / len(one | other) if one or other else 1.0


def signature_of(shingles: set[int]) -> Hashes:
    """The least hash of the shingles under each of `HASHES` permutations."""
    numbers = np.fromiter(shingles, dtype=np.uint64, count=len(shingles))
    least = np.full(HASHES, _PRIME, dtype=np.uint64)
    factors, addends = _permutations()
    for start in range(0, len(numbers), 4096):
        part = numbers[start : start + 4096] % _PRIME
        hashed = (factors[:, None] * part[None, :] + addends[:, None]) % _PRIME
        least = np.minimum(least, hashed.min(axis=1))
    return least


def bands_of(signature: Hashes) -> list[int]:
    """A number for each band of the signature, its place in it included; below 2^63."""
    rows = signature[: BANDS * BAND_ROWS].reshape(BANDS, BAND_ROWS).astype("<u8")
    hashed = [(zlib.crc32(row.tobytes()), zlib.adler32(row.tobytes())) for row in rows]
    return [(place << 57) | ((one << 25) ^ other) & (2**57 - 1) for place, (one, other) in enumerate(hashed)]


def pack(signature: Hashes) -> bytes:
    """The signature as it is stored."""
    return signature.astype("<u4").tobytes()


def estimate(one: bytes, other: bytes) -> float:
    """About the Jaccard index of the texts of two stored signatures."""
    return float(np.mean(np.frombuffer(one, dtype="<u4") == np.frombuffer(other, dtype="<u4")))


@cache
def _permutations() -> tuple[Hashes, Hashes]:
    chance = np.random.RandomState(20)  # NB: its numbers are the same in every version of numpy
    factors = chance.randint(1, 2**31 - 1, HASHES).astype(np.uint64)
    return factors, chance.randint(0, 2**31 - 1, HASHES).astype(np.uint64)
