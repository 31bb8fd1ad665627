import secrets
from getpass import getpass
from typing import Any

from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.frame.actor import SYSTEM


class Command(BaseCommand):
    help = "Add a person who can sign in. Matters give them access; `changepassword` changes their password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name")
        parser.add_argument("--may-create-matters", action="store_true", help="let them make matters")
        parser.add_argument("--generate", action="store_true", help="make the password up and print it once")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User(username=options["name"], is_staff=options["may_create_matters"])
        password = secrets.token_urlsafe(12) if options["generate"] else getpass("Password: ")
        try:
            user.clean_fields(exclude=["password"])
            validate_password(password, user)
            with transaction.atomic():
                user.validate_unique()
                user.set_password(password)
                user.save()
                record(Happened.USER_CREATED, user, actor=SYSTEM, name=user.username)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        self.stdout.write(f"{user.username} can sign in.")
        if options["generate"]:
            self.stdout.write(f"Password: {password}")
