"""Why a brief could not be made, and whether that is the document's fault or the process's."""

import logging
from dataclasses import dataclass

import torch

from consolidation import ConsolidationError
from consolidation.errors import DeviceFull
from consolidation.halving import is_full
from reviewapp.jobs.work import defect_of

logger = logging.getLogger(__name__)

#: What the disk says of one file; whatever else it says holds for all.
OF_ONE_FILE = (PermissionError, FileNotFoundError, IsADirectoryError, NotADirectoryError)
#: How the libraries of a card begin to say that it fails, where torch has no error of its own for it.
_OF_CARDS = ("CUDA error", "cuDNN error", "CUBLAS_STATUS", "HIP error")


@dataclass(frozen=True)
class Fault:
    """A `code` for programs, a `reason` without text of the document, and whether the document is at fault."""

    code: str
    reason: str
    of_document: bool = True


def fault_of(error: Exception) -> Fault:
    """What an error that came up while a brief was made says of the document or the process."""
    if is_full(error) or isinstance(error, DeviceFull):
        return Fault("brief-memory", "There was not enough memory.", of_document=False)
    if isinstance(error, torch.AcceleratorError) or str(error).startswith(_OF_CARDS):
        logger.error("the device fails: %s", type(error).__name__)
        return Fault("brief-device", "The device failed.", of_document=False)
    if isinstance(error, ConsolidationError):
        return Fault("brief-refused", str(error))
    if isinstance(error, OSError):
        said = f"The disk refused: {error.strerror or 'no reason was given'}."
        if isinstance(error, OF_ONE_FILE):
            return Fault("brief-unreadable", said)
        return Fault("brief-disk", said, of_document=False)
    return Fault("brief-defect", defect_of(error))
