"""What other rooms hear of accounts, in the transaction of the change."""

from django.dispatch import Signal

#: `actor` closes the account `person`, opens it again or takes its password away: what signed in for it before does
#: so no more.
account_ended = Signal()
