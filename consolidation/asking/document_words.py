"""Words for the documents of a matter, as parts of patterns in lower case."""

DOC = r"(?:contract|agreement|document|doc|nda|lease|licen[cs]e|deal|amendment|file)"
DOCS = rf"(?:{DOC}s|ones)"
#: What a question calls the one document that it is about: "it", "the lease with Acme".
THIS_DOCUMENT = (
    rf"(?:it|this|(?:the|this|that|our)\s+(?:[\w'\u2019&.,-]+\s+){{0,6}}?{DOC}(?:\s+with\s+[A-Z][\w&.-]+)?)"
)
