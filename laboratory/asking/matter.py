"""Questions that name one of sixty contracts, put to the names that the product itself takes from the texts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from consolidation.asking.names import Names
from consolidation.briefs import described
from laboratory.asking.measure import MATTER, labelled_rows
from laboratory.asking.named import described as by_labels
from laboratory.asking.named import questions, sharing
from laboratory.data.facts import held_out


@dataclass(frozen=True, slots=True)
class Named:
    """One question: its contract, the form of the name, and whether the documents chosen are the right ones."""

    contract: str
    form: str
    right: bool


def named_in_a_matter(contracts_file: Path) -> list[Named]:
    """Questions by labels about the held-out contracts, in a matter of `MATTER` contracts described by their texts.

    Right: the contract is chosen, and no other but those that go by the same words.
    """
    rows = [row for row in labelled_rows(contracts_file) if row["labels"]]
    rows.sort(key=lambda row: not held_out(row["id"]))
    matter = rows[:MATTER]
    names = Names([described(row["text"], f"{row['id']}.pdf", row["id"]) for row in matter])
    labelled = [by_labels(row) for row in matter]
    out = []
    for question in questions([one for one in labelled if held_out(one.document_id)]):
        chosen = {one.document_id for one in names.meant(question.question).chosen}
        right = question.document_id in chosen and chosen <= sharing(question, labelled)
        out.append(Named(question.document_id, question.form, right))
    return out
