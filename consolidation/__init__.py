"""Nightbrief's engine: consolidate documents into saved states, answer questions from them, with evidence.

A library: it knows neither the web nor the task queue. `load_engine` gives the shipped model.
"""

from consolidation.answers.answer import answer_each, answer_question
from consolidation.answers.finding import Cost, Event, Finding, Other, Provenance
from consolidation.answers.route import likely_states
from consolidation.engine import Engine, load_engine, register_memory, shared
from consolidation.errors import Cancelled, ConsolidationError, ModelFileError, StateError
from consolidation.findings.clauses import find_clauses
from consolidation.findings.hypotheses import Judgement, Nli, load_nli
from consolidation.findings.spans import ClauseSpan
from consolidation.key import StateKey
from consolidation.passages.shown import Passage, Quote
from consolidation.passages.source import Source
from consolidation.protocol import AnswerSettings, SleepSettings
from consolidation.states.bank import Bank
from consolidation.states.consolidate import BuiltState, consolidate, consolidate_beginning
from consolidation.states.tiers import Tiers
from consolidation.table.turns import hurried

__all__ = [
    "AnswerSettings",
    "Bank",
    "BuiltState",
    "Cancelled",
    "ClauseSpan",
    "ConsolidationError",
    "Cost",
    "Engine",
    "Event",
    "Finding",
    "Judgement",
    "ModelFileError",
    "Nli",
    "Other",
    "Passage",
    "Provenance",
    "Quote",
    "SleepSettings",
    "Source",
    "StateError",
    "StateKey",
    "Tiers",
    "answer_each",
    "answer_question",
    "consolidate",
    "consolidate_beginning",
    "find_clauses",
    "hurried",
    "likely_states",
    "load_engine",
    "load_nli",
    "register_memory",
    "shared",
]
