"""Text of received files, one module per format; knows neither Django nor the database.

`read.read_file` reads one open file. `python -m readers` serves requests to do so, each in
a process of its own with limits (`serve`, `confine`, `protocol`); `readers.client` is its client.
"""
