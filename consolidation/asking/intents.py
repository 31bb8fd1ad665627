"""What a question of a whole matter wants, as a model tells it: its form, its subject and the words that narrow it.

Intents and slots, as dialogue systems have them (Chen et al., arXiv 1902.10909).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from consolidation.asking.subjects import SUBJECTS

Form = Literal[
    "which", "any", "all", "count", "each", "list", "max", "min", "latest", "earliest", "sum", "which_and"
]  # fmt: skip
#: What is told of a question's words: its subject, a value that is compared, what else narrows it, and what more it
#: asks of the documents that it chooses.
Slot = Literal["thing", "value", "more", "asked"]
FORMS: tuple[Form, ...] = get_args(Form)
SLOTS: tuple[Slot, ...] = get_args(Slot)
#: Those that put documents in an order.
ORDERS: tuple[Form, ...] = ("max", "min", "latest", "earliest")
SUBJECT_NAMES = tuple(SUBJECTS)


@dataclass(frozen=True, slots=True)
class Intent:
    """What a question wants: `form_sure` and `subject_sure` are probabilities; slots are words of it, or empty.

    `lacking`: documents that are not so are wanted. `second` is the subject of what is `asked` besides. `question`
    are the words that it was told of.
    """

    form: Form
    form_sure: float
    subject: str
    subject_sure: float
    lacking: bool = False
    second: str = "other"
    second_sure: float = 0.0
    thing: str = ""
    value: str = ""
    more: str = ""
    asked: str = ""
    question: str = ""

    @property
    def told(self) -> tuple[str, ...]:
        """The words of its question that are told of it, slot by slot."""
        return self.thing, self.value, self.more, self.asked
