"""The web application, for uvicorn."""

import os

from django.core.asgi import get_asgi_application

from reviewapp.mcp.door import with_mcp

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reviewapp.site.settings")

application = with_mcp(get_asgi_application())
