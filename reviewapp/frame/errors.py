"""What an action says when it cannot be done."""


class ActionError(Exception):
    """Something that cannot be done: a stable code for programs, a sentence for people, a status for HTTP."""

    status = 422

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
