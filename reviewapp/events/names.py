"""What can happen: the name of each event, for programs, and its words, for people."""

from django.db import models


class Happened(models.TextChoices):
    """The event's name, `<what>.<happened>`; a promise to programs, so that none is renamed."""

    BATCH_CREATED = "batch.created", "Files uploaded"
    BATCH_RETRIED = "batch.retried", "Files read again"
    CONSOLIDATION_REQUESTED = "consolidation.requested", "Consolidation requested"
    DOCUMENT_ACCEPTED = "document.accepted", "Document accepted"
    DOCUMENT_DOWNLOADED = "document.downloaded", "Original downloaded"
    JOB_CANCELLED = "job.cancelled", "Job cancelled"
    JOBS_CANCELLED = "jobs.cancelled", "Jobs cancelled"
    MATTER_ARCHIVED = "matter.archived", "Matter closed"
    MATTER_CREATED = "matter.created", "Matter created"
    MEMBER_ADDED = "member.added", "Member added"
    MEMBER_REMOVED = "member.removed", "Member removed"
    MEMBER_ROLE_CHANGED = "member.role_changed", "Role changed"
    PROBLEM_DISMISSED = "problem.dismissed", "Problem dismissed"
    QUESTION_ANSWERED = "question.answered", "Question answered"
    QUESTION_ASKED = "question.asked", "Question asked"
    QUESTION_ASKED_AGAIN = "question.asked_again", "Question asked again"
    QUESTION_EXTENDED = "question.extended", "Question asked of all other documents"
    QUESTION_RETRIED = "question.retried", "Question tried again"
    STATE_BUILT = "state.built", "State built"
    STATE_RETIRED = "state.retired", "State retired"
    USER_CREATED = "user.created", "Account created"
    USER_PASSWORD_SET = "user.password_set", "Password set"
