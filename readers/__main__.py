"""`python -m readers <descriptor of a Unix socket>`: see `serve`."""

import sys

from readers.serve import main

main(int(sys.argv[1]))
