"""The statements of which every document can be asked whether it says so: the hypotheses of ContractNLI.

Koreeda and Manning, ContractNLI, arXiv 2110.01799.
"""

from dataclasses import dataclass

PREFIX = "hypothesis:"
ENTAILED, CONTRADICTED, NOT_MENTIONED = "Entailed", "Contradicted", "Not mentioned"
CHOICES = (ENTAILED, CONTRADICTED, NOT_MENTIONED)


@dataclass(frozen=True)
class Statement:
    """A statement about non-disclosure agreements: `id` is ContractNLI's, `title` short, for the head of a column."""

    id: str
    title: str
    words: str

    @property
    def name(self) -> str:
        """How `Question.standing` names it."""
        return f"{PREFIX}{self.id}"


_ALL = (
    Statement(
        "nda-1",
        "Explicit identification",
        "All Confidential Information shall be expressly identified by the Disclosing Party.",
    ),
    Statement(
        "nda-2",
        "Only technical information",
        "Confidential Information shall only include technical information.",
    ),
    Statement(
        "nda-3",
        "Verbal information",
        "Confidential Information may include verbally conveyed information.",
    ),
    Statement(
        "nda-4",
        "Limited use",
        "Receiving Party shall not use any Confidential Information for any purpose other than "
        "the purposes stated in Agreement.",
    ),
    Statement(
        "nda-5",
        "Sharing with employees",
        "Receiving Party may share some Confidential Information with some of Receiving Party's employees.",
    ),
    Statement(
        "nda-7",
        "Sharing with third parties",
        "Receiving Party may share some Confidential Information with some third-parties "
        "(including consultants, agents and professional advisors).",
    ),
    Statement(
        "nda-8",
        "Notice of compelled disclosure",
        "Receiving Party shall notify Disclosing Party in case Receiving Party is required by "
        "law, regulation or judicial process to disclose any Confidential Information.",
    ),
    Statement(
        "nda-10",
        "Confidentiality of the agreement",
        "Receiving Party shall not disclose the fact that Agreement was agreed or negotiated.",
    ),
    Statement(
        "nda-11",
        "No reverse engineering",
        "Receiving Party shall not reverse engineer any objects which embody Disclosing Party's "
        "Confidential Information.",
    ),
    Statement(
        "nda-12",
        "Similar information developed",
        "Receiving Party may independently develop information similar to Confidential Information.",
    ),
    Statement(
        "nda-13",
        "Similar information acquired",
        "Receiving Party may acquire information similar to Confidential Information from a third party.",
    ),
    Statement(
        "nda-15",
        "No licensing",
        "Agreement shall not grant Receiving Party any right to Confidential Information.",
    ),
    Statement(
        "nda-16",
        "Return of information",
        "Receiving Party shall destroy or return some Confidential Information upon the "
        "termination of Agreement.",
    ),
    Statement(
        "nda-17",
        "Copies allowed",
        "Receiving Party may create a copy of some Confidential Information in some circumstances.",
    ),
    Statement(
        "nda-18",
        "No solicitation",
        "Receiving Party shall not solicit some of Disclosing Party's representatives.",
    ),
    Statement(
        "nda-19",
        "Survival",
        "Some obligations of Agreement may survive termination of Agreement.",
    ),
    Statement(
        "nda-20",
        "Information may be kept",
        "Receiving Party may retain some Confidential Information even after the return or "
        "destruction of Confidential Information.",
    ),
)
#: All statements by name, in the order in which people are offered them.
STATEMENTS = {statement.name: statement for statement in _ALL}
