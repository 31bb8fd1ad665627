"""The process that reads files and draws their pages, one for each of ours."""

import atexit

from readers.client import Parser
from reviewapp.documents import storage

_parser: Parser | None = None


def process_parser() -> Parser:
    """This process's parser; its reading process is started with its first file or by `start`."""
    global _parser
    if _parser is None:
        _parser = Parser(storage.temporary_folder())
        atexit.register(_parser.close)
    return _parser
