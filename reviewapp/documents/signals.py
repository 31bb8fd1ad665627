"""What other rooms hear of documents, in the transaction of the change."""

from django.dispatch import Signal

#: `document` has a new text; `before` is the version that it was, which has the pages and notes of then.
document_replaced = Signal()
#: What is left of `withdrawal` is removed by a worker: whoever keeps files of a document removes them now.
document_forgotten = Signal()
