"""The project's settings on a temporary data folder.

`DATABASE_URL` is honoured when the caller sets it, so that the same tests run on SQLite and on PostgreSQL.
Nothing else outside the temporary folder is touched: the broker's address is a closed port, and jobs stay
waiting until a test runs them or starts processes with a broker of its own.
"""

import os
import tempfile
from pathlib import Path

given, process = os.environ.get("NIGHTBRIEF_DATA"), os.environ.get("PYTEST_XDIST_WORKER", "")
#: Whether the folder is made here, to be removed at the end. Each of several test processes has one of its own; the
#: programs that it starts use what it names.
TEMPORARY_DATA = given is None or process != os.environ.get("NIGHTBRIEF_DATA_OF", "")
if TEMPORARY_DATA:
    os.environ["NIGHTBRIEF_DATA"] = tempfile.mkdtemp(prefix="nightbrief-tests-", dir=given)
    os.environ["NIGHTBRIEF_DATA_OF"] = process
os.environ["NIGHTBRIEF_REDIS_URL"] = "redis://127.0.0.1:1/0"
os.environ.setdefault("NIGHTBRIEF_SECRET_KEY", "only-for-tests-" + "x" * 40)

from reviewapp.site.settings import *  # noqa: E402, F403
from reviewapp.site.settings import DATABASES, STATIC_ROOT  # noqa: E402

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, not memory: connections of several threads then lock as they do in production.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(os.environ["NIGHTBRIEF_DATA"]) / "test.sqlite3")}
STATIC_ROOT.mkdir(exist_ok=True)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
