"""What version 1 is to lose one day: said on every answer (RFC 9745, RFC 8594) and in the OpenAPI document."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.http import HttpResponseBase
from django.utils.http import http_date

#: Programs have at least so long to follow.
NOTICE = timedelta(days=365)
CHANGES = "/v1/docs"


@dataclass(frozen=True)
class Leaving:
    """An operation, or with `fields` these fields of its answer, that goes at `until`; `instead` is where to go.

    Raises ValueError for times without a zone, and for less than a year of notice.
    """

    since: datetime
    until: datetime
    instead: str = ""
    fields: Sequence[str] = ()

    def __post_init__(self) -> None:
        if self.since.tzinfo is None or self.until.tzinfo is None:
            raise ValueError("Times have a zone.")
        if self.until - self.since < NOTICE:
            raise ValueError("What goes is told a year before.")

    def note_on(self, response: HttpResponseBase) -> None:
        """Set `Deprecation`, `Sunset` and the links that say more."""
        response.headers["Deprecation"] = f"@{int(self.since.timestamp())}"
        response.headers["Sunset"] = http_date(self.until.timestamp())
        links = [response.headers["Link"]] if "Link" in response.headers else []
        links.append(f'<{CHANGES}>; rel="deprecation"')
        links += [f'<{self.instead}>; rel="successor-version"'] if self.instead else []
        response.headers["Link"] = ", ".join(links)

    @property
    def told(self) -> str:
        """A sentence for the OpenAPI document and the reference."""
        what = f"The field {', '.join(self.fields)} goes" if self.fields else "This goes"
        then = f"{self.until.astimezone(UTC):%d %B %Y}".lstrip("0")
        return f"{what} on {then}." + (f" Instead: {self.instead}." if self.instead else "")
