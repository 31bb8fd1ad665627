"""Exits 0 when the web server of this machine answers /health, 1 when it does not."""

import os
import sys
import urllib.error
import urllib.request

host = os.environ.get("NIGHTBRIEF_ALLOWED_HOSTS", "localhost").split(",")[0].strip()
headers = {"Host": host, "X-Forwarded-Proto": "https"}
address = f"http://127.0.0.1:{os.environ.get('NIGHTBRIEF_PORT', '8000')}/health"
try:
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=4):
        sys.exit(0)
except (urllib.error.URLError, TimeoutError) as error:
    print(f"{address}: {error}", file=sys.stderr)
    sys.exit(1)
