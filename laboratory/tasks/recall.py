"""Recall over several windows: pairs of a key and a value (MQAR), and a phone book.

Sources: Arora et al., "Zoology", arXiv 2312.04927 (multi-query associative recall); Jelassi et al., "Repeat After
Me", arXiv 2402.01032 (phone book: names of some tokens, numbers of several).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laboratory.tasks.samples import NOT_ASKED, Ids, Samples, all_right, each_right


@dataclass(frozen=True, slots=True)
class Mqar:
    """`pairs` different keys with a value each over `windows`; `questions` of them are asked.

    Tokens: padding, keys, values.
    """

    pairs: int = 64
    windows: int = 4
    questions: int = 16
    keys: int = 256
    values: int = 256

    @property
    def vocabulary(self) -> int:
        return 1 + self.keys + self.values

    def samples(self, count: int, random: np.random.Generator) -> Samples:
        every = np.broadcast_to(np.arange(self.keys), (count, self.keys))
        keys_BP = 1 + random.permuted(every, axis=1)[:, : self.pairs]
        values_BP = 1 + self.keys + random.integers(0, self.values, (count, self.pairs))
        pairs = np.stack([keys_BP, values_BP], -1).reshape(count, self.windows, -1)
        every = np.broadcast_to(np.arange(self.pairs), (count, self.pairs))
        which_BQ = random.permuted(every, axis=1)[:, : self.questions]
        of_B1 = np.arange(count)[:, None]
        return Samples(pairs, keys_BP[of_B1, which_BQ], values_BP[of_B1, which_BQ])

    def grades(self, said_BQ: Ids, samples: Samples) -> Mapping[str, NDArray[np.bool_]]:
        return {"each": each_right(said_BQ, samples.targets_BQ)}


@dataclass(frozen=True, slots=True)
class PhoneBook:
    """`entries` of two tokens of a name and `digits` of a number over `windows`; one name is asked.

    The number is said digit by digit, each with those before it given. Tokens: padding, digits, names.
    """

    entries: int = 16
    windows: int = 4
    digits: int = 4
    names: int = 64

    @property
    def vocabulary(self) -> int:
        return 1 + 10 + self.names

    def samples(self, count: int, random: np.random.Generator) -> Samples:
        pairs = self.names**2
        names_BE = np.stack([random.choice(pairs, self.entries, replace=False) for _ in range(count)])
        names_BE2 = 11 + np.stack([names_BE // self.names, names_BE % self.names], -1)
        numbers_BED = 1 + random.integers(0, 10, (count, self.entries, self.digits))
        book = np.concatenate([names_BE2, numbers_BED], -1).reshape(count, self.windows, -1)
        which_B = random.integers(0, self.entries, count)
        of_B = np.arange(count)
        number_BD = numbers_BED[of_B, which_B]
        asked = np.concatenate([names_BE2[of_B, which_B], number_BD[:, :-1]], 1)
        targets = np.concatenate([np.full((count, 1), NOT_ASKED), number_BD], 1)
        return Samples(book, asked, targets)

    def grades(self, said_BQ: Ids, samples: Samples) -> Mapping[str, NDArray[np.bool_]]:
        return {"all": all_right(said_BQ, samples.targets_BQ)}
