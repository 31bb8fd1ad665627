"""Writing what consolidation produced."""

from dataclasses import dataclass

from reviewapp.documents.actions import note_change
from reviewapp.documents.models import Document
from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.frame.actor import SYSTEM
from reviewapp.states.models import STATES_UNDER_WAY, State
from reviewapp.states.signals import state_built


@dataclass(frozen=True)
class BuiltFacts:
    """A built state: its name, its inputs and its size."""

    name: str
    memory: str
    model_sha256: str
    tokenizer_sha256: str
    passes: int
    window_tokens: int
    segment_windows: int
    dtype: str
    tokens: int
    windows: int
    segments: int
    bytes: int
    seconds: float


def store_state(document: Document, built: BuiltFacts) -> State:
    """Make the built state its memory's ready one and its predecessor stale; in the caller's transaction."""
    of_memory = document.states.filter(memory=built.memory)
    state = of_memory.filter(status__in=STATES_UNDER_WAY).first() or State(document=document)
    others = of_memory.exclude(pk=state.pk)
    others.filter(name=built.name).delete()
    others.filter(status=State.Status.READY).update(status=State.Status.STALE)
    for field, value in vars(built).items():
        setattr(state, field, value)
    state.status = State.Status.READY
    state.save()
    note_change([document.pk])
    record(Happened.STATE_BUILT, state, actor=SYSTEM, matter=document.matter, name=state.name)
    state_built.send(State, document=document)
    return state
