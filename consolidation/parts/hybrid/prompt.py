"""What a causal model is asked, by its chat template or plainly, and what its words mean."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from jinja2 import TemplateError

from consolidation.text.folding import fold

#: What a model says where a document does not answer.
ABSENT = "absent"
FROM_STATE = (
    "You have read an agreement. Answer the question with the shortest words of the agreement that answer it, and "
    f"nothing else. If the agreement does not say, answer: {ABSENT}"
)
#: Words for the same; a short answer that begins with one of them says that there is none.
_NONE = (ABSENT, "not stated", "not specified", "not mentioned", "not found", "none", "n/a", "unknown")
#: What tokens of control begin with.
_OPENS = ("<", "[")
#: How a chat template says that it does not take some turns.
_REFUSALS = (TemplateError, TypeError, ValueError, LookupError, AttributeError)
_EDGES = " \t\r\n\"'`*“”‘’.,;:"  # noqa: RUF001


@dataclass(frozen=True)
class Prompter:
    """A tokenizer of transformers that asks as its model was taught to be asked."""

    tokenizer: Any

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the tokenizer, without its chat template, and of how text is read with it."""
        return hashlib.sha256(f"as data {self.tokenizer.backend_tokenizer.to_str()}".encode()).hexdigest()

    @cached_property
    def _marks(self) -> re.Pattern[str]:
        """What stands for a token of control, such as the one that ends a turn, where text holds it."""
        added = self.tokenizer.added_tokens_decoder.values()
        marks = {one.content for one in added if one.special or one.content[:1] in _OPENS} - {""}
        return re.compile("|".join(map(re.escape, sorted(marks, key=len, reverse=True))) or r"(?!)")

    def as_data(self, text: str) -> str:
        """Text in which no token of control stands: each is broken after its first character."""
        while (changed := self._marks.sub(lambda found: f"{found[0][0]} {found[0][1:]}", text)) != text:
            text = changed
        return text

    @cached_property
    def asks_sha256(self) -> str:
        """SHA-256 of how it asks."""
        content = f"{self.tokenizer.chat_template or ''}\n{FROM_STATE}"
        return hashlib.sha256(content.encode()).hexdigest()

    def read(self, text: str) -> list[int]:
        """The tokens of a piece of text, which is data: none of them marks a beginning or an end."""
        return self._tokens(self.as_data(text))

    def _tokens(self, text: str) -> list[int]:
        ids: list[int] = self.tokenizer(text, add_special_tokens=False)["input_ids"]
        return ids

    def ask(self, instruction: str, question: str) -> list[int]:
        """The tokens of a question, which is data, after which the answer begins."""
        question = self.as_data(question)
        if not self.tokenizer.chat_template:
            return self.read(f"{instruction}\n\nQuestion: {question}\nAnswer:")
        if self.instructs:
            return self._tokens(self._templated(system=instruction, user=question))
        return self._tokens(self._templated(user=f"{instruction}\n\n{question}"))

    def _templated(self, **said: str) -> str:
        turns = [{"role": role, "content": words} for role, words in said.items()]
        text: str = self.tokenizer.apply_chat_template(
            turns, tokenize=False, add_generation_prompt=True, enable_thinking=False
        )
        return text

    def _takes(self, *roles: str) -> bool:
        """Whether the chat template takes turns of these roles, and says the words of each."""
        said = {role: f"words of {role}" for role in roles}
        try:
            text = self._templated(**said)
        except _REFUSALS:
            return False
        return all(words in text for words in said.values())

    @cached_property
    def instructs(self) -> bool:
        """Whether an instruction has a turn of its own; where there is none for it, a question begins with it."""
        return self._takes("system", "user")

    @property
    def asks(self) -> bool:
        """Whether it can ask: plainly, or by a chat template that takes questions."""
        return not self.tokenizer.chat_template or self.instructs or self._takes("user")

    @cached_property
    def absent(self) -> int:
        """The token that an answer begins with where there is none."""
        return self.read(ABSENT if self.tokenizer.chat_template else f" {ABSENT}")[0]

    def ends(self, config: Any) -> frozenset[int]:
        """The tokens after which a model has said all."""
        named = (self.tokenizer.eos_token_id, getattr(config, "eos_token_id", None))
        return frozenset(
            token for one in named for token in (one if isinstance(one, list) else [one]) if token is not None
        )

    def said(self, ids: list[int]) -> str:
        """What tokens say, on the first line that says something."""
        text: str = self.tokenizer.decode(ids, skip_special_tokens=True)
        return next((line for line in text.split("\n") if line.strip()), "")

    def lines(self, ids: list[int]) -> str:
        """What tokens say, on all lines."""
        text: str = self.tokenizer.decode(ids, skip_special_tokens=True)
        return text.strip()

    def over(self, ids: list[int]) -> bool:
        """Whether an answer has ended with its line."""
        text: str = self.tokenizer.decode(ids, skip_special_tokens=True)
        return "\n" in text.lstrip()


def answer_of(said: str) -> str:
    """The answer in a model's words; empty where it says that there is none."""
    answer = said.strip(_EDGES)
    plain = fold(answer)
    return "" if any(plain == none or plain.startswith(f"{none} ") for none in _NONE) else answer
