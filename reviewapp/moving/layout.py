"""What an archive is by: the name of its format, and the page about it that lies in each."""

FORMAT = "nightbrief-matter/1"

README = """A matter of Nightbrief, whole, as an open archive (format nightbrief-matter/1).

The folder is a bag by BagIt 1.0 (RFC 8493): manifest-sha256.txt has the SHA-256 of every file below data/, so
that any program for bags, or `sha256sum --check manifest-sha256.txt`, tells whether it is whole. Text is
UTF-8; .ndjson files hold one JSON object a line; moments are ISO 8601 in UTC.

data/matter.json            the matter: its id, its name, the languages of its scans
data/people.ndjson          the people named elsewhere in the archive, by `name`
data/records/NAME.ndjson    the records, a table each; a field that is named as another table's record holds its `id`
data/text/ID.txt            the text of a document, by its id; `start` and `end` count its characters from 0
data/originals/SHA256       files as they were received, by their hash
data/states/NAME.safetensors  what was consolidated of documents, by the name of the state; perhaps none
data/audit/N.ndjson         what happened, by installation: 1 is the first that held the matter; then, as page.read,
                            who was shown which page on which day (page 0 is the whole text, beside another)

Documents are in documents, their pages in pages; what was received and what became of it in batches and
items. Questions are in questions, a claim of one document in answers, its quotes in citations, what people
decided of it in decisions (and where that stands in reviews), what they wrote in comments. Question sets with
their versions, grids with their columns, views and assignments, coding (issues, codes), samples, briefs, load
files with Bates numbers (loads, loaded_fields), numbers that productions gave (given_numbers), comparisons of the
memory lab (comparisons, compared) and withdrawals have tables of their own. Not in it: members and their roles,
jobs, files that were exported, pictures of pages, webhooks, tokens; nor the consent to work at night, which the
admins of a place give for it.
"""
