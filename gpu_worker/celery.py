"""The Celery application of the workers that hold the model: `celery -A gpu_worker worker`."""

from typing import Any

from celery.signals import worker_ready

from reviewapp.celery import app

app.conf.imports = (*app.conf.imports, "gpu_worker.tasks")


@worker_ready.connect
def prepare(**kwargs: Any) -> None:
    """Load the model before the first job, and have states that it cannot read rebuilt."""
    from gpu_worker.engine import current_engine
    from reviewapp.memory.actions import retire_states_of_other_models

    identity = current_engine().identity
    retire_states_of_other_models(identity.model_sha256, identity.tokenizer_sha256)
