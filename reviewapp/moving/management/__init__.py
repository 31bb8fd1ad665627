"""Commands of `manage.py` for archives of matters."""
