"""What load files said of a document goes with it; its number stays taken."""

from reviewapp.documents.models import Withdrawal
from reviewapp.loads.models import LoadedFields


def forget(withdrawal: Withdrawal) -> None:
    """Remove the fields of a document that was withdrawn; again, it changes nothing."""
    rows = LoadedFields.objects.filter(
        matter=withdrawal.matter_id, item__sha256=withdrawal.sha256, item__document=None
    )
    rows.update(values={}, custodian="", confidentiality="")
