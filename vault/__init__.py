"""Where bytes are kept: one seam for received files, states and unfinished work; knows neither Django nor torch."""
