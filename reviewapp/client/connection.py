"""Version 1 from Python: typed answers; what fails for the moment is tried again, and has one effect."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Self

from reviewapp.client import credentials
from reviewapp.client.memories import Memories
from reviewapp.client.sending import NightbriefError
from reviewapp.client.shapes import (
    Asked,
    BatchBegun,
    Claim,
    Document,
    Item,
    KnownList,
    Matter,
    Myself,
    Operation,
    Upload,
)
from reviewapp.client.shapes_grids import (
    Assignment,
    AssignmentList,
    Cell,
    Export,
    ExportBegun,
    Grid,
    GridBegun,
    QuestionSet,
    Review,
    Sample,
    View,
)

PART_BYTES = 8 * 2**20
MOST_HASHES = 1000
MOST_WAIT_SECONDS = 30
ENDED = frozenset({"succeeded", "partly_failed", "failed", "cancelled"})
_PART = {"Content-Type": "application/offset+octet-stream"}


class Nightbrief(Memories):
    """An installation, as the owner of a token. Every method raises NightbriefError when it is refused.

    Requests are tried again while the server is away, busy or counts too many of them; each has one effect.
    """

    @classmethod
    def signed_in(cls) -> Self:
        """The installation that the environment or the last `nightbrief login` names. Raises NightbriefError."""
        known = credentials.read()
        if known is None:
            raise NightbriefError("not-signed-in", "Sign in first: ./nightbrief login")
        return cls(known.address, known.token)

    def me(self) -> Myself:
        """Who calls."""
        return self._one(Myself, "GET", "/me")

    def matters(self, external_id: str = "") -> Iterator[Matter]:
        """The matters that the token reaches, the oldest first; or those that another system calls so."""
        return self._all(Matter, "/matters", external_id=external_id)

    def put_matter(self, name: str, external_id: str = "", *, key: str = "") -> Matter:
        """A new matter; with the `external_id` of one that the person administers, that one, under this name."""
        body = {"name": name, "external_id": external_id}
        return self._one(Matter, "POST", "/matters", json=body, key=key)

    def documents(self, matter_id: str) -> Iterator[Document]:
        """The documents of a matter, the longest unchanged first."""
        return self._all(Document, f"/matters/{matter_id}/documents")

    def known(self, matter_id: str, hashes: Sequence[str]) -> set[str]:
        """Those of the SHA-256 that the matter has already."""
        here: set[str] = set()
        for start in range(0, len(hashes), MOST_HASHES):
            body = {"sha256": list(hashes[start : start + MOST_HASHES])}
            found = self._one(KnownList, "POST", f"/matters/{matter_id}/documents/known", json=body)
            here |= {item.sha256 for item in found.items if item.here}
        return here

    def send(
        self, matter_id: str, files: Sequence[tuple[str, Path]], *, label: str = "", key: str = ""
    ) -> BatchBegun:
        """Send files, each with its name, in one request; with the same `key` they come only once."""

        def sent() -> dict[str, Any]:
            parts = [("files", (name, path.read_bytes(), "application/octet-stream")) for name, path in files]
            return {"files": parts, "data": {"label": label}}

        return self._one(BatchBegun, "POST", f"/matters/{matter_id}/batches", made=sent, key=key)

    def begin_upload(self, matter_id: str, name: str, sha256: str, size_bytes: int) -> Upload:
        """Announce a file that comes in parts; its state is "here" where it need not be sent."""
        body = {"name": name, "sha256": sha256, "size_bytes": size_bytes}
        return self._one(Upload, "POST", f"/matters/{matter_id}/uploads", json=body)

    def upload(self, upload_id: str) -> Upload:
        """How much of a file in parts is there."""
        return self._one(Upload, "GET", f"/uploads/{upload_id}")

    def send_parts(self, upload: Upload, path: Path, progress: Callable[[int], None]) -> BatchBegun:
        """Send what is missing of an upload, and complete it; `progress` hears of each part's bytes."""
        with path.open("rb") as file:
            while upload.received_bytes < upload.size_bytes:
                file.seek(upload.received_bytes)
                upload, before = self._part(upload, file.read(PART_BYTES)), upload.received_bytes
                progress(upload.received_bytes - before)
        return self._one(BatchBegun, "POST", f"/uploads/{upload.id}/complete", key=f"complete-{upload.id}")

    def ask(self, matter_id: str, text: str, document_ids: Sequence[str] = (), *, key: str = "") -> Asked:
        """Ask a question; the operation tells when it is answered, `claims` what was."""
        body = {"text": text, "document_ids": list(document_ids)}
        return self._one(Asked, "POST", f"/matters/{matter_id}/questions", json=body, key=key)

    def answer(self, matter_id: str, text: str, document_ids: Sequence[str] = ()) -> Iterator[Claim]:
        """Ask a question, wait for its end, and give what each document answers."""
        asked = self.ask(matter_id, text, document_ids)
        while self.operation(asked.operation.id, MOST_WAIT_SECONDS).status not in ENDED:
            pass
        return self.claims(asked.question.id)

    def claims(self, question_id: str, state: str = "") -> Iterator[Claim]:
        """What each document answers."""
        return self._all(Claim, f"/questions/{question_id}/claims", boxes="false", state=state)

    def question_sets(self, matter_id: str) -> Iterator[QuestionSet]:
        """The question sets that can be used in a matter."""
        return self._all(QuestionSet, f"/matters/{matter_id}/question-sets")

    def grids(self, matter_id: str) -> Iterator[Grid]:
        """The grids of a matter, the newest first, without how far they are."""
        return self._all(Grid, f"/matters/{matter_id}/grids")

    def grid(self, grid_id: str) -> Grid:
        """One grid, and how far it is."""
        return self._one(Grid, "GET", f"/grids/{grid_id}")

    def create_grid(
        self,
        matter_id: str,
        name: str,
        question_set_id: str,
        document_ids: Sequence[str] = (),
        *,
        key: str = "",
    ) -> Grid:
        """A grid of these documents, or of all of the matter's; nothing is asked before it is run."""
        body = {"name": name, "question_set_id": question_set_id, "document_ids": list(document_ids)}
        return self._one(Grid, "POST", f"/matters/{matter_id}/grids", json=body, key=key)

    def run_grid(self, grid_id: str, *, key: str = "") -> GridBegun:
        """Ask what was not asked yet; the operation tells when all is answered."""
        return self._one(GridBegun, "POST", f"/grids/{grid_id}/run", json={}, key=key)

    def cells(self, grid_id: str, show: str = "") -> Iterator[Cell]:
        """The cells of a grid, by document."""
        return self._all(Cell, f"/grids/{grid_id}/cells", boxes="false", limit="200", show=show)

    def review(self, claim_id: str) -> Review:
        """Where a claim stands, with every decision and comment."""
        return self._one(Review, "GET", f"/claims/{claim_id}/review")

    def decide(
        self, claim_id: str, kind: str, *, seen: int, text: str = "", reason: str = "", key: str = ""
    ) -> Review:
        """Accept, correct, reject, confirm or undo; `seen` is the review's number as it was read."""
        body = {"kind": kind, "seen": seen, "text": text, "reason": reason}
        return self._one(Review, "POST", f"/claims/{claim_id}/decisions", json=body, key=key)

    def start_export(
        self, matter_id: str, format: str, *, grid_id: str = "", question_id: str = "", key: str = ""
    ) -> ExportBegun:
        """Have a file made of a grid, of a question, or of all answers."""
        body = {"format": format, "grid_id": grid_id or None, "question_id": question_id or None}
        return self._one(ExportBegun, "POST", f"/matters/{matter_id}/exports", json=body, key=key)

    def export(self, export_id: str) -> Export:
        """One export, and whether its file is there."""
        return self._one(Export, "GET", f"/exports/{export_id}")

    def save_export(
        self, export: Export, path: Path, progress: Callable[[int], None] = lambda _: None
    ) -> None:
        """Write the file of an export, or nothing of it; other bytes than were made are refused."""
        self._save(f"/exports/{export.id}/file", path, export.size_bytes, export.sha256, progress)

    def views(self, grid_id: str) -> Iterator[View]:
        """The views of a grid that were kept, by name."""
        return self._all(View, f"/grids/{grid_id}/views")

    def save_view(self, grid_id: str, name: str, query: str, *, key: str = "") -> View:
        """Keep what of a grid is looked at, in the place of an earlier view of this name."""
        body = {"name": name, "query": query}
        return self._one(View, "POST", f"/grids/{grid_id}/views", json=body, key=key)

    def assignments(self, grid_id: str) -> list[Assignment]:
        """Whose part of a grid is which."""
        return self._one(AssignmentList, "GET", f"/grids/{grid_id}/assignments").items

    def assign(
        self,
        grid_id: str,
        person_id: str | None,
        *,
        column_id: str = "",
        document_id: str = "",
        key: str = "",
    ) -> list[Assignment]:
        """Give a column or a row to a member, or to nobody with None; all parts after it."""
        body = {"person_id": person_id, "column_id": column_id or None, "document_id": document_id or None}
        return self._one(AssignmentList, "POST", f"/grids/{grid_id}/assignments", json=body, key=key).items

    def samples(self, matter_id: str) -> Iterator[Sample]:
        """The samples of a matter, the newest first, without what their decisions show."""
        return self._all(Sample, f"/matters/{matter_id}/samples")

    def draw_sample(self, matter_id: str, size: int, *, question_id: str = "", key: str = "") -> Sample:
        """Draw claims at random to be reviewed, of all or of one question."""
        body = {"size": size, "question_id": question_id or None}
        return self._one(Sample, "POST", f"/matters/{matter_id}/samples", json=body, key=key)

    def sample(self, sample_id: str) -> Sample:
        """One sample, with its claims and how right they are by the decisions so far."""
        return self._one(Sample, "GET", f"/samples/{sample_id}")

    def operation(self, operation_id: str, wait_seconds: int = 0) -> Operation:
        """How far an operation is, at its end or after so many seconds (at most 30)."""
        headers = {"Prefer": f"wait={wait_seconds}"} if wait_seconds else {}
        return self._one(Operation, "GET", f"/operations/{operation_id}", headers=headers)

    def items(self, operation_id: str) -> Iterator[Item]:
        """What became of each item of an operation."""
        return self._all(Item, f"/operations/{operation_id}/items")

    def _part(self, upload: Upload, part: bytes) -> Upload:
        headers = _PART | {"Upload-Offset": str(upload.received_bytes)}
        try:
            return self._one(Upload, "PATCH", f"/uploads/{upload.id}", content=part, headers=headers)
        except NightbriefError as error:
            # NB: the part may have come, and only its answer not.
            if error.code != "upload-offset-wrong" or upload.id is None:
                raise
            return self.upload(upload.id)
