"""The people whom archives name: what they are called there, and the accounts that stand for them here."""

from collections.abc import Sequence
from functools import lru_cache
from uuid import uuid4

from django.contrib.auth.models import User

from reviewapp.jobs.work import Run
from reviewapp.matters.models import Matter
from reviewapp.moving.models import PersonElsewhere

NAME_CHARACTERS = 150


class PeopleOut:
    """What the people of a matter are called in its archives. `named` are those that were asked for."""

    def __init__(self, matter: Matter) -> None:
        self._elsewhere = dict(PersonElsewhere.objects.filter(matter=matter).values_list("user", "name"))
        self.named: dict[int, str] = {}

    def name(self, key: int) -> str:
        """The name of the person with this key: what an archive called them, else their user name.

        Where somebody elsewhere has that user name, a number follows it.
        """
        if key not in self.named:
            name = self._elsewhere.get(key) or User.objects.values_list("username", flat=True).get(pk=key)
            taken, plain, number = set(self._elsewhere.values()), name, 1
            while key not in self._elsewhere and name in taken:
                number += 1
                name = f"{plain} ({number})"
            self.named[key] = name[:NAME_CHARACTERS]
        return self.named[key]

    def rows(self) -> list[dict[str, str]]:
        """Those who were named, with their full names, by name."""
        found = User.objects.in_bulk(list(self.named))
        rows = [
            {"name": name, "first_name": found[key].first_name, "last_name": found[key].last_name}
            for key, name in self.named.items()
        ]
        return sorted(rows, key=lambda row: row["name"])


class PeopleIn:
    """The accounts that stand here for the people whom an archive names; made when they are first asked for."""

    def __init__(self, matter: Matter, full_names: dict[str, tuple[str, str]]) -> None:
        self._matter, self._full_names = matter, full_names
        self.key = lru_cache(maxsize=10_000)(self._key)

    def _key(self, name: str) -> int:
        known = PersonElsewhere.objects.filter(matter=self._matter, name=name).first()
        if known is not None:
            return int(known.user_id)
        first, last = self._full_names.get(name, ("", ""))
        plain = "".join(c for c in name if c.isalnum() or c in "@.+-_")[:100] or "person"
        user = User(username=f"{plain}+{uuid4().hex[:12]}", first_name=first, last_name=last, is_active=False)
        user.set_unusable_password()
        user.save()
        PersonElsewhere.objects.create(user=user, matter=self._matter, name=name)
        return int(user.pk)


def people_of(matter: Matter) -> list[int]:
    """The keys of the accounts that stand for people whom the matter's archive named."""
    return list(PersonElsewhere.objects.filter(matter=matter).values_list("user", flat=True))


def remove_people(run: Run, keys: Sequence[int]) -> None:
    """Remove such accounts, once nothing of their matter is left."""
    for first in range(0, len(keys), 500):
        with run.writing():
            User.objects.filter(pk__in=keys[first : first + 500], is_active=False).delete()
