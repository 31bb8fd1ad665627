"""How work ends when it does not succeed."""


class WorkError(Exception):
    """Work that did not succeed and may be tried again; the message is for people, without document text."""


class FinalWorkError(WorkError):
    """Work that cannot succeed however often it is tried."""


class Stopped(Exception):  # noqa: N818  not an error
    """The work was asked to stop: the job was cancelled, its claim was lost or the worker shuts down."""


class ClaimLost(Stopped):
    """The job is no longer this attempt's: it was cancelled, or swept and given to another worker."""
