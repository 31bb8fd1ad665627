"""The Celery application of the workers that hold the model: `celery -A gpu_worker worker`."""

import logging
from typing import Any

from celery.exceptions import WorkerShutdown
from celery.platforms import EX_FAILURE
from celery.signals import worker_ready, worker_shutting_down

from reviewapp.jobs.queue import app

logger = logging.getLogger(__name__)

app.conf.imports = (*app.conf.imports, "gpu_worker.tasks")


@worker_ready.connect
def prepare(sender: Any, **kwargs: Any) -> None:
    """Load the model before the first job, and have states that it cannot read rebuilt."""
    from django.db import OperationalError

    from consolidation import ConsolidationError
    from gpu_worker.engine import current_engine, memory_name
    from gpu_worker.tasks import make_briefs
    from gpu_worker.telling import begin_telling
    from reviewapp.jobs import workers
    from reviewapp.jobs.kinds import queue_of
    from reviewapp.states.actions import request_states_of_new_memory, retire_states_of_other_models

    process = str(sender.hostname).partition("@")[0]
    try:
        identity = current_engine().identity
    except (ConsolidationError, RuntimeError, MemoryError, OSError) as error:
        # NB: jobs wait for a worker that can do them; one without a model would fail them all. Torch says with a
        # RuntimeError that a card is full, and Celery lets a worker go on whose handler failed.
        logger.critical("the model cannot be loaded: %s", error)
        workers.refuse(process, memory_name(), str(error))
        raise WorkerShutdown(workers.CANNOT_BEGIN) from None
    workers.begin(process, memory_name())
    begin_telling(process)
    try:
        retire_states_of_other_models(memory_name(), identity.reads_sha256, identity.tokenizer_sha256)
        request_states_of_new_memory(memory_name())
    except OperationalError:
        # NB: questions would be told for as long as it lives that their documents are not ready.
        logger.critical("the database does not answer")
        raise WorkerShutdown(EX_FAILURE) from None
    make_briefs.apply_async(queue=queue_of("consolidate", memory_name()))


@worker_shutting_down.connect
def end(**kwargs: Any) -> None:
    """No more is told of a worker that ends; Celery lets it finish the task that it has."""
    from gpu_worker.telling import end_telling

    end_telling()
