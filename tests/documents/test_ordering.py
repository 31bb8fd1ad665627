"""The order of names: whatever the case, numbers by their value."""

import pytest

from reviewapp.documents.models import Document
from reviewapp.documents.ordering import by_name, compared
from tests.pages.world import add_document, people_and_matter

ORDER = ["1 a.txt", "Acme.pdf", "ATMOS.pdf", "exhibit 2.pdf", "Exhibit 10.pdf", "Zeta.pdf", "Übung.pdf"]


@pytest.mark.django_db
def test_documents_stand_in_the_order_that_people_expect() -> None:
    matter = people_and_matter().matter
    for name in reversed(ORDER[:-1]):
        add_document(matter, name)
    documents = Document.objects.filter(matter=matter)
    assert [one.name for one in documents.order_by(by_name())] == ORDER[:-1]
    assert [one.name for one in documents.order_by(by_name(descending=True))] == ORDER[-2::-1]


def test_names_are_compared_as_a_whole_order() -> None:
    for place, one in enumerate(ORDER):
        assert compared(one, one) == 0
        assert all(compared(one, after) < 0 < compared(after, one) for after in ORDER[place + 1 :])
    assert compared("a", "A") and compared("a", "A") == -compared("A", "a")
