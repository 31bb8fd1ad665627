"""The tasks that tell whether more sleep passes help, on the product's own recurrence."""
