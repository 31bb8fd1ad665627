"""Measurements: each module has `measure(data_folder)` and a command; `main_job` runs them all."""
