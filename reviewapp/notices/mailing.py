"""Notices by e-mail: one letter for all that is due to a person. It says what kind of thing happened and links to it.

Names of matters and documents stay in: who reads the mail on its way learns that there is work, and no more.
"""

import logging
import smtplib
from collections import defaultdict
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from reviewapp.frame.words_notices import MAIL_FOOT, MAIL_LINES, mail_subject
from reviewapp.notices.models import Notice

PATIENCE, PAUSE = timedelta(days=1), timedelta(minutes=5)
AT_ONCE = 500

logger = logging.getLogger(__name__)


def is_on() -> bool:
    """Whether this installation sends mail at all."""
    return bool(settings.EMAIL_HOST and settings.PUBLIC_ADDRESS)


def send_due() -> int:
    """Send what is due; how many letters went out. What cannot be sent for a day is on the page alone."""
    if not is_on():
        return 0
    now = timezone.now()
    given_up = Notice.objects.filter(mail_at__lte=now, created_at__lt=now - PATIENCE).update(mail_at=None)
    if given_up:
        logger.warning(
            "%d notices could not be sent by e-mail for a day, and are on the page alone", given_up
        )
    letters: defaultdict[int, list[Notice]] = defaultdict(list)
    due = Notice.objects.filter(mail_at__lte=now).select_related("user").order_by("created_at")
    for notice in due[:AT_ONCE]:
        letters[notice.user_id].append(notice)
    return sum(_send(notices) for notices in letters.values())


def _send(notices: list[Notice]) -> bool:
    """Send one letter; what was held for it meanwhile comes due again when it does not go."""
    keys, now = [notice.pk for notice in notices], timezone.now()
    with transaction.atomic():
        # NB: held first, so that a process beside this one or a second try does not send it twice.
        held = Notice.objects.filter(pk__in=keys, mail_at__lte=now).update(mail_at=now + PAUSE)
    user = notices[0].user
    if held != len(keys):
        return False
    if user.email and user.is_active:
        letter = EmailMessage(mail_subject(len(notices)), _body(notices), to=[user.email])
        try:
            letter.send()
        except (smtplib.SMTPException, OSError) as error:
            logger.warning("a letter with %d notices was not sent: %s", len(keys), type(error).__name__)
            return False
    Notice.objects.filter(pk__in=keys).update(mail_at=None)
    return bool(user.email)


def _body(notices: list[Notice]) -> str:
    base = settings.PUBLIC_ADDRESS.rstrip("/")
    lines = [
        f"{MAIL_LINES[notice.kind]}\n{base}{reverse('open_notice', args=[notice.pk])}\n" for notice in notices
    ]
    return "\n".join([*lines, MAIL_FOOT.format(address=f"{base}{reverse('notices')}")])
