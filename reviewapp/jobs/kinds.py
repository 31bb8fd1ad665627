"""The kinds of work there are; each is registered by the room that owns it, in its `jobs.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.db import models

if TYPE_CHECKING:
    from reviewapp.jobs.models import Job

#: The memory that the program comes with; its queues have their plain names.
FIRST_MEMORY = "embedded"
#: The queues of the workers that hold a model.
OF_MODELS = ("consolidate", "answer")
#: The process that takes both.
MODEL = "model"

Follower = Callable[["Job"], None]


class Priority(models.IntegerChoices):
    """Which work goes first, whoever wants it: somebody waits, somebody will look soon, the night is long."""

    INTERACTIVE = 0
    GRID = 10
    BULK = 20


class About(NamedTuple):
    """What a job is about, as a page names it and links to it."""

    name: str
    address: str


@dataclass(frozen=True)
class Kind:
    """A kind of work: the task that does it, the queue it waits in, and what follows from its changes.

    `subject` is the model of the record that a job of this kind is about; `size` estimates its work, in any
    unit that orders jobs of one queue; `about` names it. `on_change(job)` is called in the transaction of each
    change of status, success included (then after the results). After an attempt that did not succeed, the
    next waits `pause_seconds`, doubled with every further one. Work that `needs_model` is done for one memory, by a
    worker that holds it.
    """

    name: str
    task: str
    queue: str
    words: str
    subject: type[models.Model]
    about: Callable[[Any], About]
    size: Callable[[Any], int] = lambda subject: 0
    on_change: Follower | None = None
    priority: Priority = Priority.BULK
    unit: str = ""
    max_attempts: int = 3
    pause_seconds: float = 0.0
    needs_model: bool = False

    def pause_after(self, attempts: int) -> float:
        """Seconds between the end of attempt number `attempts` (from 1) and the next."""
        return self.pause_seconds * 2.0 ** (attempts - 1)

    def queue_for(self, memory: str) -> str:
        """The queue in which a job for a memory waits, or for none: then it is one that some worker hears of."""
        # NB: where the site's memory is another than the first, nobody listens to the plain name of these queues.
        return queue_of(self.queue, memory or (settings.MEMORY if self.queue in OF_MODELS else ""))


def queue_of(queue: str, memory: str) -> str:
    """The name of the queue of work that is done for a memory: each has its own, so that its worker hears of it."""
    return queue if memory in ("", FIRST_MEMORY) else f"{queue}.{memory}"


def queues_of(process: str) -> tuple[str, ...]:
    """The queues of work that a process does, by its name; those of models under their plain names."""
    return OF_MODELS if process == MODEL else (process,)


class KindError(LookupError):
    """A kind of job is registered twice, or asked for by a name that is not registered."""


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Make the kind known; returns it. Raises KindError when another one has its name."""
    if _kinds.setdefault(kind.name, kind) != kind:
        raise KindError(f"There are two kinds of job called {kind.name!r}.")
    return kind


def kind_named(name: str) -> Kind:
    """The registered kind. Raises KindError."""
    try:
        return _kinds[name]
    except KeyError:
        raise KindError(f"There is no kind of job called {name!r}.") from None


def kinds() -> list[Kind]:
    """All registered kinds, by name."""
    return sorted(_kinds.values(), key=lambda kind: kind.name)


def kinds_of_task(task: str) -> list[str]:
    """The names of the kinds that one task does: what a worker that knows the task can take."""
    return [kind.name for kind in kinds() if kind.task == task]
