"""A matter that grows by the product's own path, for `benchmarks.growing`, and what its documents took."""

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from consolidation.evaluation.compared import is_right
from consolidation.evaluation.comparing import Asked

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from reviewapp.documents.models import Document
    from reviewapp.matters.models import Matter
    from reviewapp.questions.models import Answer

STATES = ("New York", "California", "Texas", "Florida", "Illinois", "Georgia", "Ohio", "Nevada", "Massachusetts",
          "Pennsylvania", "New Jersey", "Tennessee", "Delaware")  # fmt: skip
ANOTHER = "Oregon"


@dataclass(frozen=True)
class Contract:
    """A contract as it is received, and its questions with the answers that are right of it."""

    name: str
    text: str
    asked: tuple[Asked, ...]

    def amended(self, state: str) -> "Contract":
        """The same with the name of another state."""
        name = re.compile(rf"\b{state}\b", re.IGNORECASE)
        asked = (replace(one, answers=tuple(name.sub(ANOTHER, a) for a in one.answers)) for one in self.asked)
        return Contract(self.name, name.sub(ANOTHER, self.text), tuple(asked))

    def state(self) -> str:
        """The state that an answer names and the contract can be amended in; empty where there is none."""
        answers = " ".join(a for one in self.asked for a in one.answers)
        return next((state for state in STATES if re.search(rf"\b{state}\b", answers, re.IGNORECASE)), "")


@dataclass
class Spent:
    """Processor seconds of workers, and tokens through the network."""

    seconds: float = 0.0
    tokens: int = 0

    def __add__(self, other: "Spent") -> "Spent":
        return Spent(self.seconds + other.seconds, self.tokens + other.tokens)


class Growing:
    """A matter, the contracts in it, and what each took when it was last consolidated and asked."""

    def __init__(self, matter: "Matter", user: "User") -> None:
        from reviewapp.frame.actor import Actor

        self.matter, self.actor = matter, Actor(user)
        self.here: dict[str, Contract] = {}
        self.questions: dict[tuple[str, str], Any] = {}
        self.last: dict[tuple[str, str], Spent] = {}

    def receive(self, contracts: Sequence[Contract]) -> Spent:
        """Take contracts in, consolidate them, and ask their questions."""
        from reviewapp.intake.actions import Incoming, create_batch
        from reviewapp.intake.models import Source
        from reviewapp.questions.actions import ask_question

        files = [Incoming(one.name, [one.text.encode()]) for one in contracts]
        create_batch(actor=self.actor, matter=self.matter, files=files, source=Source.COMMAND)
        spent = self.work()
        for contract in contracts:
            self.here[contract.name] = contract
            for one in contract.asked:
                asked = ask_question(
                    self.matter, one.question, actor=self.actor, scope=[self.document(contract)]
                )
                self.questions[contract.name, one.question] = asked
        return spent + self.work()

    def amend(self, contracts: Sequence[Contract]) -> Spent:
        """Replace contracts by new versions; the product asks again what they do not bear out any more."""
        from reviewapp.intake.actions import Incoming, send_new_version

        for contract in contracts:
            file = Incoming(contract.name, [contract.text.encode()])
            send_new_version(actor=self.actor, document=self.document(contract), file=file)
            self.here[contract.name] = contract
        return self.work()

    def withdraw(self, contract: Contract) -> Spent:
        """Take a contract out."""
        from reviewapp.catalogue.actions import withdraw_document

        withdraw_document(self.document(contract), actor=self.actor)
        del self.here[contract.name]
        return self.work()

    def work(self) -> Spent:
        """Do all jobs that wait, as workers do; what they took, consolidation and answers by their document."""
        from reviewapp.jobs.models import Job, Status
        from reviewapp.jobs.queue import app
        from reviewapp.questions.jobs import ANSWER
        from reviewapp.states.jobs import CONSOLIDATE

        spent = Spent()
        while job := Job.objects.filter(status=Status.WAITING).order_by("priority", "created_at").first():
            began = time.process_time()
            app.tasks[job.registered_kind.task](str(job.pk))
            own = Spent(time.process_time() - began)
            about = cast("Any", job.subject)
            if job.kind == CONSOLIDATE.name:
                own.tokens = about.states.get(status="ready").tokens
                self.last[about.name, ""] = own
            elif job.kind == ANSWER.name:
                cell = about.answers.get(superseded_at=None)
                own.tokens = cell.cost.get("tokens_forward", 0)
                self.last[cell.document.name, about.text] = own
            spent += own
        return spent

    def right(self, contracts: Sequence[Contract]) -> float | None:
        """Percent of right answers of these contracts, as their cells are now."""
        told = [
            is_right(one.question, one.answers, cell.text if cell.is_found else "")
            for contract in contracts
            for one, cell in self.cells(contract)
        ]
        return round(100 * sum(told) / len(told), 1) if told else None

    def cells(self, contract: Contract) -> "Iterator[tuple[Asked, Answer]]":
        """The questions of a contract with their answers of now."""
        for one in self.here[contract.name].asked:
            yield one, self.questions[contract.name, one.question].answers.get(superseded_at=None)

    def anew(self) -> Spent:
        """What all documents of now took, and all of their questions, when each was last done."""
        spent = (took for (name, _), took in self.last.items() if name in self.here)
        return sum(spent, start=Spent())

    def document(self, contract: Contract) -> "Document":
        """The contract's document of now."""
        found: Document = self.matter.documents.get(name=contract.name, version_of=None)
        return found

    def states(self) -> set[str]:
        """The names of the states that answer."""
        from reviewapp.states.models import State

        ready = State.objects.filter(document__matter=self.matter, status=State.Status.READY)
        return set(ready.filter(document__version_of=None).values_list("name", flat=True))
