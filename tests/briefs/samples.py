"""Short passages of real contracts (CUAD v1, CC BY 4.0, The Atticus Project), and what a brief says."""

from consolidation.briefs import Brief

SUPPLY = (
    "Exhibit 10.1\n\nPROMOTION AGREEMENT\n\n"
    'This PROMOTION AGREEMENT (this "Agreement") is made as of June 27, 2006 (the "Effective '
    'Date"), by and between '
    'Depomed, Inc., a California corporation ("Depomed"), and King Pharmaceuticals, Inc., a '
    "Tennessee corporation "
    '("King"). Each of Depomed and King is referred to herein individually as a "party" and '
    "collectively as the "
    '"parties."\n\nWHEREAS, Depomed desires to engage King to promote and market the Product '
    "in the Territory;\n\n"
)
DISTRIBUTION = (
    "Exhibit 10.31    ACCURAY INCORPORATED  MULTIPLE LINAC AND MULTI-MODALITY   DISTRIBUTOR "
    "AGREEMENT     This Multiple "
    'LINAC and Multi-Modality Distributor Agreement ("Agreement") is entered into by and '
    "between ACCURAY  INCORPORATED, "
    "a Delaware corporation with its executive offices located at 1310 Chesapeake Terrace, "
    "Sunnyvale, California 94089, "
    'USA  ("Accuray"), and SIEMENS AKTIENGESELLSCHAFT, a corporation formed under the laws of '
    "the Federal Republic of "
    'Germany, with its registered  offices located at Berlin and Munich ("Siemens"), as of '
    'June 8, 2010 ("Effective '
    'Date").     RECITALS     Accuray manufactures and sells full-body radiosurgery systems.'
)
RENEWAL = (
    "2.1 Term. The term of this Agreement shall begin on the Effective Date and continue for "
    "three (3) years thereafter "
    '(the "Initial Term") and shall automatically renew for additional one (1) year terms, '
    "unless either party gives the "
    "other at least ninety (90) days' prior written notice before the end of the Initial Term "
    "that it will not renew.\n\n"
    "12.3 Governing Law. This Agreement shall be governed by and construed in accordance with "
    "the laws of the State of "
    "New York, without regard to the conflict of laws principles of the State of Delaware. The "
    "parties submit to the "
    "exclusive jurisdiction of the courts located in Santa Clara County, California.\n"
)
AMENDMENT = (
    "EXHIBIT 10.2\n\nFIRST AMENDMENT TO SUPPLY AND MANUFACTURING AGREEMENT\n\n"
    'This First Amendment ("Amendment") to the Supply and Manufacturing Agreement dated April '
    "1, 2017 between Cerus "
    'Corporation ("Cerus") and Porex Corporation ("Porex") (the "Agreement") is made this 22 '
    "day of June 2018.\n\n"
    "RECITALS\n\nA. Cerus and Porex have agreed to make certain changes.\n"
)


def value(made: Brief, type_: str) -> str:
    found = made.first(type_)  # type: ignore[arg-type]
    return found.value if found else ""


def names(made: Brief) -> list[str]:
    return [party.name.value for party in made.parties]
