"""Words for the languages that text is recognised in."""

_NAMES = dict(
    line.split(" ", 1)
    for line in """afr Afrikaans|ara Arabic|aze Azerbaijani|bel Belarusian|ben Bengali|bos Bosnian|bul Bulgarian
cat Catalan|ces Czech|chi_sim Chinese, simplified|chi_sim_vert Chinese, simplified, vertical
chi_tra Chinese, traditional|chi_tra_vert Chinese, traditional, vertical|cym Welsh|dan Danish|deu German|ell Greek
eng English|est Estonian|eus Basque|fas Persian|fin Finnish|fra French|gle Irish|glg Galician|heb Hebrew|hin Hindi
hrv Croatian|hun Hungarian|hye Armenian|ind Indonesian|isl Icelandic|ita Italian|jpn Japanese
jpn_vert Japanese, vertical|kat Georgian|kaz Kazakh|kor Korean|kor_vert Korean, vertical|lat Latin|lav Latvian
lit Lithuanian|mkd Macedonian|mlt Maltese|msa Malay|nld Dutch|nor Norwegian|pol Polish|por Portuguese|ron Romanian
rus Russian|slk Slovak|slv Slovenian|spa Spanish|sqi Albanian|srp Serbian|srp_latn Serbian, Latin letters|swa Swahili
swe Swedish|tam Tamil|tha Thai|tur Turkish|ukr Ukrainian|urd Urdu|vie Vietnamese|yid Yiddish""".replace(
        "\n", "|"
    ).split("|")
)


def language_words(name: str) -> str:
    """The language's name in English; that of its data where it has no other."""
    return _NAMES.get(name, name)


def languages_words(names: str) -> str:
    """Languages that are joined by `+`, as a list in words."""
    *most, last = map(language_words, names.split("+"))
    return f"{', '.join(most)} and {last}" if most else last
