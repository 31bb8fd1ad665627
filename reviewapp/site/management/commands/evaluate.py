import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    help = (
        "Compare ways to keep documents (states, retrieval, a summary, reading all, the product's own) on labelled"
        " questions of your own: QUESTIONS.csv --documents FOLDER [--out TABLE.csv] [--figures FIGURES.json]."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("questions")
        parser.add_argument("--documents", required=True)
        parser.add_argument("--weights")
        parser.add_argument("--out")
        parser.add_argument("--figures")

    def handle(self, *args: Any, **options: Any) -> None:
        command = [sys.executable, "-m", "consolidation.evaluation.comparing", options["questions"]]
        for name in ("documents", "weights", "out", "figures"):
            if options[name]:
                command += [f"--{name}", options[name]]
        sys.stdout.flush()
        # NB: replaced, for this side of the product holds no model
        os.execv(sys.executable, command)  # noqa: S606
