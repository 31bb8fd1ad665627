"""Commands of `manage.py` for documents."""
