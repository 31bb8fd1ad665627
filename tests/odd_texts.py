"""Texts that break what reads numbers: huge ones, digits of every script, days that are none, bare surrogates."""

from hypothesis import strategies as st

_ODD = [
    "$", "%", "€", "9" * 30, "9" * 5_000, "1" + "0" * 400, "999,999,999,999,999,999", "billion", "trillion",
    "million", "1/0", "0/0", "1/2", "0", "-1", "1e999", ".5", "5.", "\u0663", "\u0969\u0969", "\uff11\uff12",
    "\u00b2", "\u00bd", "\u2163", "\U0001d7d7", "\u0130", "\ufb01", "\u202e",
    "\u0000", "\ud800", "\u00a0", "\u2028", "percent", "of one percent", "dollars", "cents", "days", "business days",
    "years", "months", "one", "hundred", "thousand", "half", "and", "to", "or", "(", ")", "31 February 9999",
    "February 30, 2012", "May 1, 0000", "0000-00-00", "13/13/99", "1/1/99999", "99999",
    "By: /s/ A B", "____", "[***]",
    "This Agreement is made", "terminates", "renews for", "shall not exceed", "\n",
]  # fmt: skip
#: Such pieces and any other signs, run together or apart.
ODD_TEXTS = st.lists(
    st.sampled_from(_ODD) | st.text(st.characters(codec=None, exclude_categories=()), max_size=4), max_size=12
).flatmap(lambda parts: st.sampled_from([" ", "", "\n"]).map(lambda between: between.join(parts)))
