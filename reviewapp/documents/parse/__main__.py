"""`python -m reviewapp.documents.parse <descriptor of a Unix socket>`: see `serve`."""

import sys

from reviewapp.documents.parse.serve import main

main(int(sys.argv[1]))
