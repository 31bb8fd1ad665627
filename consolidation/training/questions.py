"""How reviewers ask for each fact: paraphrases by category.

The last paraphrase of each category is kept out of training, to measure questions worded anew.
"""

from __future__ import annotations

from consolidation.training.facts import PARTY_BY_ROLE, PARTY_BY_SHORT_NAME

PARAPHRASES: dict[str, tuple[str, ...]] = {
    "Document Name": (
        "What is the name of the document?", "What is the title of this agreement?", "What kind of agreement is this?",
        "What is this contract called?", "Document name", "Give the title of the contract.",
        "How is this agreement titled?",
    ),
    "Parties": (
        "Who are the parties?", "Which parties signed the contract?", "Name the parties to the agreement.",
        "Between whom was this agreement made?", "Who entered into this agreement?", "Parties",
        "List all parties to this contract.",
    ),
    "Agreement Date": (
        "What is the date of the agreement?", "When was the agreement signed?", "On what date was this contract made?",
        "What date does the agreement bear?", "Agreement date", "When was this agreement entered into?",
        "On which day was the contract dated?",
    ),
    "Effective Date": (
        "What is the effective date?", "When does the agreement become effective?", "On what date does the contract take effect?",
        "When does the agreement come into force?", "Effective date", "From which date is the contract effective?",
        "When did this contract enter into force?",
    ),
    "Expiration Date": (
        "What is the expiration date?", "When does the agreement expire?", "On what date does the contract end?",
        "When does the initial term end?", "Expiration date", "Until when does the agreement run?",
        "When will this contract come to its end?",
    ),
    "Renewal Term": (
        "What is the renewal term?", "For how long does the agreement renew?", "How long is each renewal period?",
        "By what period is the contract extended automatically?", "Renewal term", "What is the length of a renewal?",
        "How long does the contract run on after each renewal?",
    ),
    "Notice Period To Terminate Renewal": (
        "What is the notice period to terminate renewal?", "How much notice is needed to stop the renewal?",
        "How long before the end of the term must notice of non-renewal be given?",
        "What notice must be given to prevent automatic renewal?", "Notice period to terminate renewal",
        "How many days of notice are required to not renew?", "How early must a party say that it will not renew?",
    ),
    "Governing Law": (
        "What is the governing law?", "Which law governs the contract?", "Under the laws of which state is this agreement governed?",
        "Which state's law applies?", "Governing law", "By the law of what country or state is the agreement construed?",
        "Whose laws control this agreement?",
    ),
    PARTY_BY_ROLE: (
        "Who is the {}?", "Which party is the {}?", "Name the {}.", "What is the name of the {}?", "Who acts as {}?",
        "{}", "Which company is called the {}?",
    ),
    PARTY_BY_SHORT_NAME: (
        "Who is {}?", "What is the full name of {}?", "Which company is {}?", "{} stands for which party?", "Full name of {}",
        "What company does {} refer to?",
    ),
}  # fmt: skip

#: Roles asked of contracts that do not have them, to teach "absent".
ROLES = (
    "Licensor", "Licensee", "Distributor", "Supplier", "Franchisor", "Franchisee", "Customer", "Consultant", "Sponsor",
    "Manufacturer", "Agent", "Reseller", "Owner", "Operator", "Contractor", "Guarantor", "Landlord", "Lender", "Buyer",
    "Seller", "Provider", "Vendor", "Publisher", "Carrier", "Shipper", "Company", "Client", "Marketing Agent",
)  # fmt: skip

#: Questions that no commercial contract answers, to teach "absent" for whatever is asked.
UNRELATED = (
    "What is the capital of France?", "Who won the world cup in 1998?", "What is the weather tomorrow?",
    "How old is the president?", "What is the boiling point of water?", "Who wrote Hamlet?", "What time is it?",
    "How many planets are there?", "What is the meaning of life?", "Who discovered penicillin?",
    "What is the patient's diagnosis?", "What was the defendant's sentence?", "Who is the judge?",
    "What is the blood type of the patient?", "What is the name of the child?", "Who is the spouse?",
    "What is the flight number?", "What is the recipe for bread?", "Which team scored first?",
    "What is the password?", "What is the salary of the employee?", "What is the vehicle's license plate?",
    "What is the color of the car?", "How many bedrooms does the house have?", "What is the exchange rate?",
    "When was the company's founder born?", "Who is the chancellor of Germany?", "What is the speed of light?",
    "What did the witness say?", "Where did the accident happen?", "What is the dosage of the drug?",
    "When is the next train?", "What is the name of the dog?", "Which university did she attend?",
    "How tall is the tower?", "What is the square root of two?", "Who painted the picture?",
    "What is the phone's battery capacity?", "What is the airline's baggage allowance?", "Who is the author of the book?",
)  # fmt: skip


def canonical(category: str, subject: str = "") -> str:
    """The plain question for a category, as saved question sets use it."""
    return PARAPHRASES[category][0].format(subject)


def paraphrases(category: str, subject: str = "", *, training: bool = True) -> list[str]:
    """All wordings for a category; without the held-out one for training."""
    wordings = PARAPHRASES[category][:-1] if training else PARAPHRASES[category]
    return [wording.format(subject) for wording in wordings]
