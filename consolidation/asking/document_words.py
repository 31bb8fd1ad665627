"""Words for the documents of a matter, as parts of patterns in lower case."""

DOC = r"(?:contract|agreement|document|doc|nda|lease|licen[cs]e|deal|amendment|file)"
DOCS = rf"(?:{DOC}s|ones)"
