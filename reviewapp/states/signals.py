"""What other rooms hear of states, in the transaction of the change."""

from django.dispatch import Signal

#: `document` can be asked: its state is ready.
state_built = Signal()
