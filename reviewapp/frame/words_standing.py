"""What standing questions ask, in words: the fields of a brief, and the kinds of clause of commercial contracts."""

#: By type of field: the question, and the type of value that answers it.
FIELD_QUESTIONS = {
    "title": ("What is the title of this agreement?", "title"),
    "amended_title": ("What is the title of the amended agreement?", "title"),
    "party": ("Who are the parties?", "party"),
    "agreement_date": ("What is the date of the agreement?", "date"),
    "effective_date": ("What is the effective date?", "date"),
    "expiry": ("When does the agreement expire?", "date"),
    "term": ("How long is the initial term?", "duration"),
    "renewal_term": ("For how long does the agreement renew?", "duration"),
    "notice_period": ("How much notice is needed to stop the renewal?", "duration"),
    "governing_law": ("What is the governing law?", "law"),
    "forum": ("Which courts have jurisdiction?", "place"),
    "amount": ("How much is to be paid?", "amount"),
    "cap": ("To what amount is liability limited?", "amount"),
    "notice_address": ("To which address are notices sent?", "place"),
    "signatory": ("Who signed the agreement?", "person"),
}

#: By kind of clause, as CUAD names it: what pages call it, and the question.
CLAUSES = {
    "Document Name": ("Title", "Is there a title?"),
    "Parties": ("Parties", "Are the parties named?"),
    "Agreement Date": ("Date of the agreement", "Is there a date of the agreement?"),
    "Effective Date": ("Effective date", "Is there an effective date?"),
    "Expiration Date": ("End of the term", "Is there an end of the term?"),
    "Renewal Term": ("Renewal", "Is there a renewal term?"),
    "Notice Period To Terminate Renewal": (
        "Notice of non-renewal", "Is there a notice period to stop the renewal?",
    ),
    "Governing Law": ("Governing law", "Is there a governing law clause?"),
    "Affiliate License-Licensee": (
        "License to the licensee's affiliates", "Is there a license to affiliates of the licensee?",
    ),
    "Affiliate License-Licensor": (
        "License by the licensor's affiliates", "Is there a license by affiliates of the licensor?",
    ),
    "Anti-Assignment": ("Limits on assignment", "Is there an anti-assignment clause?"),
    "Audit Rights": ("Audit rights", "Is there a right to audit the counterparty?"),
    "Cap On Liability": ("Cap on liability", "Is there a cap on liability?"),
    "Change Of Control": ("Change of control", "Is there a change of control clause?"),
    "Competitive Restriction Exception": (
        "Exception to competitive restrictions", "Is there an exception to the non-compete or exclusivity?",
    ),
    "Covenant Not To Sue": ("Covenant not to sue", "Is there a covenant not to sue?"),
    "Exclusivity": ("Exclusivity", "Is there an exclusive dealing commitment?"),
    "Insurance": ("Insurance", "Is there an insurance requirement?"),
    "Ip Ownership Assignment": ("Assignment of IP", "Is there an assignment of intellectual property?"),
    "Irrevocable Or Perpetual License": (
        "Irrevocable or perpetual license", "Is there an irrevocable or perpetual license?",
    ),
    "Joint Ip Ownership": ("Joint ownership of IP", "Is there joint ownership of intellectual property?"),
    "License Grant": ("License grant", "Is there a license grant?"),
    "Liquidated Damages": ("Liquidated damages", "Is there a liquidated damages clause?"),
    "Minimum Commitment": ("Minimum commitment", "Is there a minimum commitment?"),
    "Most Favored Nation": ("Most favored nation", "Is there a most favored nation clause?"),
    "No-Solicit Of Customers": ("No solicitation of customers", "Is there a no-solicit of customers?"),
    "No-Solicit Of Employees": ("No solicitation of employees", "Is there a no-solicit of employees?"),
    "Non-Compete": ("Non-compete", "Is there a non-compete?"),
    "Non-Disparagement": ("Non-disparagement", "Is there a non-disparagement clause?"),
    "Non-Transferable License": ("Non-transferable license", "Is there a non-transferable license?"),
    "Post-Termination Services": (
        "Duties after termination", "Is there a duty of services after termination?",
    ),
    "Price Restrictions": ("Price restrictions", "Is there a price restriction?"),
    "Revenue/Profit Sharing": ("Revenue or profit sharing", "Is there a revenue sharing clause?"),
    "Rofr/Rofo/Rofn": ("Right of first refusal or offer", "Is there a right of first refusal?"),
    "Source Code Escrow": ("Source code escrow", "Is there a source code escrow?"),
    "Termination For Convenience": (
        "Termination for convenience", "Is there a right of termination for convenience?",
    ),
    "Third Party Beneficiary": ("Third-party beneficiary", "Is there a third party beneficiary?"),
    "Uncapped Liability": ("Uncapped liability", "Is there uncapped liability?"),
    "Unlimited/All-You-Can-Eat-License": ("Unlimited license", "Is there an unlimited usage license?"),
    "Volume Restriction": ("Volume restriction", "Is there a volume restriction?"),
    "Warranty Duration": ("Warranty period", "Is there a warranty period?"),
}  # fmt: skip
