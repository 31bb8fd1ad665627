"""A table that rows of many questions join and leave between two tokens, and all other work of a shared model.

Each thread that wants something waits for its turn; who has it does a piece of work for all who wait for the same:
a token of every row at the table, a batch of passages, the next windows of some documents.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from threading import Lock

import torch

from consolidation.halving import is_full
from consolidation.protocol import Claim, Decoding, Memory
from consolidation.table.capacities import Joining
from consolidation.table.merged import Merged
from consolidation.table.rows import Party, begun
from consolidation.table.turns import Turns, urgency

logger = logging.getLogger(__name__)

#: Rows at the table at most, and bytes of their states.
MOST_ROWS, MOST_BYTES = 256, 4 * 2**30
#: After so many tokens without a complaint of the device, a table that had to be made smaller grows again.
CALM_STEPS = 64


@dataclass(eq=False, slots=True)
class _Seat:
    party: Party
    urgency: int
    done: bool = False
    alone: bool = False

    @property
    def nbytes(self) -> int:
        return sum(row.nbytes for row in self.party.rows)


class Table:
    """What threads share a model by.

    Args:
        memory: whose rows are decoded.
        merges: whether passages, proposals and windows of several threads go through the model together. Rows always
            do. On a processor there is nothing to win, and everything stays as if asked alone to the last bit.
        most_rows: rows decoded at once.
        most_bytes: bytes of their states.
    """

    def __init__(
        self, memory: Memory, *, merges: bool, most_rows: int = MOST_ROWS, most_bytes: int = MOST_BYTES
    ) -> None:
        self.turns, self.most_rows, self.most_bytes = Turns(), most_rows, most_bytes
        self.merged = Merged(self.turns, merges=merges)
        self._memory, self._lock = memory, Lock()
        self._waiting: list[_Seat] = []
        self._seated: list[_Seat] = []
        self._decodings: list[Decoding] = []
        self._room, self._calm = most_rows, 0
        #: rows that were decoded together at most, and how often the device had no memory for a batch
        self.most_together = self.halved = 0

    def turn(self) -> AbstractContextManager[None]:
        """The device for the body alone."""
        return self.turns.turn()

    def decode(self, party: Party) -> list[Claim]:
        """The claims of a party's rows, decoded beside those of others. Raises `DeviceFull`."""
        seat = _Seat(party, urgency())
        with self._lock:
            self._waiting.append(seat)
        while not seat.done:
            with self.turn():
                if seat.alone:
                    return party.alone(self._memory)
                if not seat.done:
                    self._step()
        return party.claims

    def _step(self) -> None:
        """A token of every row, after those that wait and have room have sat down."""
        try:
            self._welcome()
            for decoding in self._decodings:
                decoding.step()
            self._look(self._seated)
        except Exception as error:  # noqa: BLE001  whose row it was says so again when each is asked alone
            if is_full(error):
                self._half()
                return
            logger.warning(
                "rows that were asked together failed (%s); each is asked alone", type(error).__name__
            )
            self._rise(alone=True)
        else:
            self._calm += 1
            if self._calm % CALM_STEPS == 0:
                self._room = min(self.most_rows, 2 * self._room)

    def _half(self) -> None:
        self.halved += 1
        self._room, self._calm = max(1, sum(len(seat.party.rows) for seat in self._seated) // 2), 0
        self._rise(alone=self._room == 1 or len(self._seated) < 2)

    def _look(self, seats: Sequence[_Seat]) -> None:
        for seat in [seat for seat in seats if not seat.party.look()]:
            self._leave(seat)
        self._decodings = [decoding for decoding in self._decodings if decoding.open]

    def _leave(self, seat: _Seat) -> None:
        self._seated.remove(seat)
        for decoding in self._decodings:
            if isinstance(decoding, Joining) and seat.party.sits_at(decoding):
                decoding.forget(seat.party.numbers)
        seat.done = True

    def _welcome(self) -> None:
        """Those that wait sit down, the most urgent first, as long as there is room."""
        while (seat := self._next()) is not None:
            self._seated.append(seat)
            decoding = begun(self._memory, seat.party.rows)
            seat.party.sit(decoding)
            decoding.step()
            if not seat.party.look():
                self._leave(seat)
                continue
            joined = next((one for one in self._decodings if isinstance(one, Joining)), None)
            if joined is not None and isinstance(decoding, Joining):
                seat.party.move(joined, joined.join(decoding))
            else:
                self._decodings.append(decoding)
        self.most_together = max(self.most_together, sum(len(one.open) for one in self._decodings))

    def _next(self) -> _Seat | None:
        rows = sum(len(seat.party.rows) for seat in self._seated)
        held = sum(seat.nbytes for seat in self._seated)
        with self._lock:
            for seat in sorted(self._waiting, key=lambda seat: seat.urgency):
                fits = rows + len(seat.party.rows) <= self._room and held + seat.nbytes <= self.most_bytes
                if fits or not self._seated:
                    self._waiting.remove(seat)
                    return seat
                break
        return None

    def _rise(self, *, alone: bool) -> None:
        """Everybody begins anew: what was under way is lost with the batch."""
        self._decodings = []
        with self._lock:
            for seat in self._seated:
                seat.alone = alone
            self._waiting = [*([] if alone else self._seated), *self._waiting]
            self._seated = []
        if torch.cuda.is_available():
            torch.cuda.empty_cache()
