"""Load files of e-discovery: tables of documents with paths to their natives, texts and page images, in and out."""

from readers.loadfile.concordance import read_concordance, write_concordance
from readers.loadfile.encoding import Encoding, decoded, encoding_of
from readers.loadfile.opticon import PageImage, read_opticon, write_opticon
from readers.loadfile.rows import Changed, LoadFileError, Row, Rows, Signs
from readers.loadfile.separated import read_separated, write_separated

__all__ = [
    "Changed",
    "Encoding",
    "LoadFileError",
    "PageImage",
    "Row",
    "Rows",
    "Signs",
    "decoded",
    "encoding_of",
    "read_concordance",
    "read_opticon",
    "read_separated",
    "write_concordance",
    "write_opticon",
    "write_separated",
]
