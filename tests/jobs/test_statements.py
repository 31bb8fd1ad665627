"""Statements about non-disclosure agreements, judged by the shipped weights, as cells with their sentences."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User

from consolidation import load_engine, load_nli
from consolidation.findings.hypotheses import Encodes, Judgement, Nli
from consolidation.states.tiers import Tier
from gpu_worker import engine as engines
from gpu_worker import hypotheses, tasks
from gpu_worker.hypotheses import judge_statement
from reviewapp.briefs.statements import STATEMENTS
from reviewapp.frame.actor import Actor
from reviewapp.jobs import lifecycle
from reviewapp.matters.actions import create_matter
from reviewapp.questions.actions import ask_many
from reviewapp.questions.models import Answer
from tests.engine.test_nli import NDA
from tests.jobs.conftest import store_document

LETTER = "Dear Ms Okafor, thank you for the pleasant lunch. The weather was better than we had hoped.\n"


@pytest.fixture
def shipped_engine(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(lifecycle, "send_all", lambda jobs: 0)
    monkeypatch.setattr(engines, "_loaded", {engines.memory_name(): load_engine()})
    yield


@pytest.mark.django_db(transaction=True)
def test_a_statement_is_a_cell_with_the_sentences_that_say_so(shipped_engine: None) -> None:
    ada = User.objects.create_user("ada")
    matter = create_matter("Secrets", actor=Actor(ada))
    store_document(matter, "NDA.txt", NDA)
    store_document(matter, "Letter.txt", LETTER)
    names = ("hypothesis:nda-11", "hypothesis:nda-19")
    words = [STATEMENTS[name].words for name in names]
    for question in ask_many(matter, words, actor=Actor(ada), standing=names):
        job = question.job
        assert job is not None
        tasks.answer(str(job.pk))
    cells = Answer.objects.order_by("question__created_at", "document__name").prefetch_related("citations")
    told = [(cell.state, cell.text) for cell in cells]
    assert told == [("not_found", ""), ("check", "Entailed")] * 2
    quotes = ["".join(quote.quote for quote in cell.citations.all()) for cell in cells if cell.text]
    assert "reverse engineer" in quotes[0] and "survive" in quotes[1]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("most_bytes", "judged"), [(2**20, 2), (0, 4), (10_000, 4)])
def test_judgements_are_kept_for_the_next_statement_up_to_so_many_bytes(
    shipped_engine: None, monkeypatch: pytest.MonkeyPatch, most_bytes: int, judged: int
) -> None:
    kept, texts, judge = Tier[list[Judgement]](most_bytes), list[str](), Nli.judge

    def counted(nli: Nli, tools: Encodes, text: str) -> list[Judgement]:
        texts.append(text)
        return judge(nli, tools, text)

    monkeypatch.setattr(hypotheses, "_judged", kept)
    monkeypatch.setattr(Nli, "judge", counted)
    matter = create_matter("Secrets", actor=Actor(User.objects.create_user("ada")))
    documents = [store_document(matter, "NDA.txt", NDA), store_document(matter, "Copy.txt", NDA + LETTER)]
    for name in ("hypothesis:nda-11", "hypothesis:nda-19"):
        found = judge_statement(engines.current_engine(), name, documents, lambda: False)
        assert [facts.text for facts in found] == ["Entailed"] * 2
    assert len(texts) == judged and kept.held_bytes <= most_bytes


def test_every_statement_is_one_that_the_weights_judge() -> None:
    judged = {hypothesis.id: hypothesis.text for hypothesis in load_nli().hypotheses}
    assert {each.id: each.words for each in STATEMENTS.values()} == judged
