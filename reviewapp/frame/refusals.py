"""What is said of requests that the server does not take."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reviewapp.frame import words, words_answers


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A page that says why, and what to do when too much was sent at once (413); else that of any bad request."""
    said = _too_much(exception)
    if said:
        return render(request, "413.html", {"said": said}, status=413)
    return render(request, "400.html", status=400)


def _too_much(exception: Exception) -> str:
    if isinstance(exception, TooManyFilesSent):
        return words.too_many_files(settings.DATA_UPLOAD_MAX_NUMBER_FILES)
    if isinstance(exception, TooManyFieldsSent):
        return words_answers.too_many_chosen(settings.MOST_CHOSEN)
    return words.TOO_LONG if isinstance(exception, RequestDataTooBig) else ""
