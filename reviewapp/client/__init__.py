"""The Python client of version 1 and the command line made of it; runs without the rest of the product."""
