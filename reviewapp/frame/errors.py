"""What an action says when it cannot be done."""


class ActionError(Exception):
    """Something that cannot be done: a stable code for programs, a sentence for people, a status for HTTP."""

    def __init__(self, code: str, message: str, status: int = 422) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status
