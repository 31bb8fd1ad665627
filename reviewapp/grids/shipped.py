"""What the shipped question set for non-disclosure agreements asks: the hypotheses of ContractNLI.

Koreeda and Manning, ContractNLI, arXiv 2110.01799.
"""

NDA_CHOICES = ("Entailed", "Contradicted", "Not mentioned")
#: The head of a column, and the statement.
NDA_HYPOTHESES = (
    (
        "Explicit identification",
        "All Confidential Information shall be expressly identified by the Disclosing Party.",
    ),
    ("Only technical information", "Confidential Information shall only include technical information."),
    ("Verbal information", "Confidential Information may include verbally conveyed information."),
    (
        "Limited use",
        "Receiving Party shall not use any Confidential Information for any purpose other than the "
        "purposes stated in Agreement.",
    ),
    (
        "Sharing with employees",
        "Receiving Party may share some Confidential Information with some of Receiving Party's employees.",
    ),
    (
        "Sharing with third parties",
        "Receiving Party may share some Confidential Information with some third-parties (including "
        "consultants, agents and professional advisors).",
    ),
    (
        "Notice of compelled disclosure",
        "Receiving Party shall notify Disclosing Party in case Receiving Party is required by law, "
        "regulation or judicial process to disclose any Confidential Information.",
    ),
    (
        "Confidentiality of the agreement",
        "Receiving Party shall not disclose the fact that Agreement was agreed or negotiated.",
    ),
    (
        "No reverse engineering",
        "Receiving Party shall not reverse engineer any objects which embody Disclosing Party's "
        "Confidential Information.",
    ),
    (
        "Similar information developed",
        "Receiving Party may independently develop information similar to Confidential Information.",
    ),
    (
        "Similar information acquired",
        "Receiving Party may acquire information similar to Confidential Information from a third party.",
    ),
    ("No licensing", "Agreement shall not grant Receiving Party any right to Confidential Information."),
    (
        "Return of information",
        "Receiving Party shall destroy or return some Confidential Information upon the termination "
        "of Agreement.",
    ),
    (
        "Copies allowed",
        "Receiving Party may create a copy of some Confidential Information in some circumstances.",
    ),
    ("No solicitation", "Receiving Party shall not solicit some of Disclosing Party's representatives."),
    ("Survival", "Some obligations of Agreement may survive termination of Agreement."),
    (
        "Information may be kept",
        "Receiving Party may retain some Confidential Information even after the return or "
        "destruction of Confidential Information.",
    ),
)
