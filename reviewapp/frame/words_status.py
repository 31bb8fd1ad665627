"""What the page about the installation calls what it shows."""

from collections.abc import Callable

from django.template.defaultfilters import filesizeformat

#: What workers do, by the name of their process.
DOES = {
    "answer": "Answers questions",
    "consolidate": "Consolidates documents",
    "model": "Answers questions and consolidates documents",
    "": "Holds a model",
}
#: Who wanted a job that no person did, and what made a person's: by what it was triggered by.
TRIGGERS = {
    "night": "the night's schedule",
    "ingest": "what arrived",
    "container": "what was in a file",
    "model": "a model that is new here",
    "damaged": "a state that was damaged",
    "load": "a load file",
    "clio": "Clio",
    "arrival": "an archive that was brought in",
    "demo": "the demo",
}


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 or value == int(value) else f"{value:,.1f}"


def _bytes(value: float) -> str:
    return filesizeformat(int(value))


#: The plots of a worker: what each is of, and how its values are written.
PLOTS: dict[str, tuple[str, Callable[[float], str]]] = {
    "tokens": ("Tokens a second", _number),
    "waiting": ("Waiting for it", _number),
    "process_bytes": ("Memory", _bytes),
    "card_bytes": ("Card memory", _bytes),
}
