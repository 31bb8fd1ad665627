"""Signs that are written one for another: what reads or looks for words takes them as alike."""

DOUBLE_QUOTES = '"\u201c\u201d\u201e\xab\xbb'
SINGLE_QUOTES = "'\u2018\u2019\u201a`\xb4"
DASHES = "-\u2010\u2011\u2012\u2013\u2014"
SOFT_HYPHEN = "\xad"
