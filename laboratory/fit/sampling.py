"""Random training contexts of the memory."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator
from pathlib import Path

from laboratory.data.computed import CHECK_CATEGORIES, COMPUTED_CATEGORIES
from laboratory.data.examples import (
    ASKED,
    LEADING,
    Context,
    Store,
    balance,
    choose,
    examples_for,
    stretch,
)

QUESTIONS, ABSENT = 16, 0.2
STRETCHES, RENAMED = 0.3, 0.7
#: Kinds of questions whose answers are not copied.
WORKED_OUT = {*COMPUTED_CATEGORIES, *CHECK_CATEGORIES}


class Sampler:
    """Random contexts from all prepared folders, swapped ones preferred as they appear."""

    def __init__(
        self, features: Path, seed: int, focus: Collection[str] = (), renamed: float = RENAMED
    ) -> None:
        """With a `focus`, only contracts with questions of these categories are used, and these asked first.

        `renamed` is the share of contexts whose tokens are renamed; with a focus none are.
        """
        self.features, self.dice, self.focus, self.renamed = features, random.Random(seed), focus, renamed
        self.asked = ASKED | dict.fromkeys(focus, 8.0)
        self.base = Store(features / "base")
        self.swaps: dict[str, Store] = {}
        self.refresh()

    def refresh(self) -> None:
        """Open folders that have appeared since the last look."""
        for folder in sorted(self.features.glob("swap*")):
            if folder.name not in self.swaps and (folder / "index.json").exists():
                self.swaps[folder.name] = Store(folder)

    def contexts(self, count: int, windows: int) -> Iterator[Context]:
        dice = self.dice
        made = 0
        while made < count:
            swapped = bool(self.swaps) and windows <= 24 and dice.random() < 0.6
            store = self.swaps[dice.choice(sorted(self.swaps))] if swapped else self.base
            document = dice.choice(store.documents)
            if document["held_out"] or not document["facts"]:
                continue
            if self.focus and not any(f["category"] in self.focus for f in document["facts"]):
                continue
            size = windows if dice.random() < 0.7 else dice.randint(max(1, windows // 4), windows)
            whole = store is self.base and dice.random() < 2 * STRETCHES
            drop, leading = (0.1, self.focus) if self.focus else (0.2, LEADING)
            chosen = (
                stretch(document, size, dice)
                if whole
                else choose(document, size, dice, drop=drop, leading=leading)
            )
            examples = examples_for(store, document, chosen, dice, absent=True, training=True)
            renamed = not self.focus and dice.random() < self.renamed
            if renamed:  # what is computed from numbers would be wrong
                examples = [e for e in examples if e.category not in WORKED_OUT]
            if not examples:
                continue
            position = {w: document["first"] + i for i, w in enumerate(document["windows"])}
            asked = balance(examples, QUESTIONS, ABSENT, dice, self.asked)
            rows = [position[w] for w in chosen]
            yield Context(store, rows, asked, store.wanted(document, chosen), renamed)
            made += 1
