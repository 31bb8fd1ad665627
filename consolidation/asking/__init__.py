"""Questions in words: what is asked, of which documents, and what many documents say together.

Pure text; it knows neither the memory nor the web.
"""
