"""The tools over standard input and output, for assistants on this machine: `./nightbrief mcp`."""

import sys

import anyio
import httpx2

from reviewapp.client import credentials
from reviewapp.mcp.installation import CONNECTION
from reviewapp.mcp.tools import server

TIMEOUT_SECONDS = 60.0


async def serve(known: credentials.Credentials) -> None:
    """Serve until the input ends."""
    headers = {"Authorization": f"Bearer {known.token}"}
    async with httpx2.AsyncClient(
        base_url=known.address, headers=headers, timeout=TIMEOUT_SECONDS
    ) as connection:
        CONNECTION.set(connection)
        await server.run_stdio_async()


def main() -> int:
    """Serve with the token of the environment or of the last login; 2 where there is none."""
    known = credentials.read()
    if known is None:
        sys.stderr.write(f"Set {credentials.TOKEN}, or sign in first: ./nightbrief login\n")
        return 2
    anyio.run(serve, known)
    return 0


if __name__ == "__main__":
    sys.exit(main())
