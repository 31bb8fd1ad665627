"""How people ask of the 41 categories: for values, with yes as the answer, with no as the answer, and openly."""

from __future__ import annotations

VALUES: dict[str, tuple[str, ...]] = {
    "Document Name": (
        "what's this agreement called?", "title of the document", "What kind of contract is this?", "How is the agreement entitled?",
        "name of this contract pls", "What does the deal call itself?", "type of agreement",
    ),
    "Parties": (
        "who are the parties", "Between whom was this signed?", "Who signed up to this deal?", "names of the contracting companies",
        "Which companies entered into the agreement?", "who's on each side of this contract", "List everyone who is a party.",
        "Who is the agreement between?", "what companies are involved here?",
    ),
    "Agreement Date": (
        "when was it signed?", "date of the agreement", "What date does the contract bear?", "When was the deal made?", "signing date",
        "As of what date was the agreement entered into?", "when did they sign this", "What day is the document dated?",
    ),
    "Effective Date": (
        "when does it take effect?", "effective date?", "From what day is the contract in force?", "When did the deal kick in?",
        "What is the commencement date?", "start date of the contract", "when does this thing start running",
    ),
    "Expiration Date": (
        "when does it end?", "How long does the contract last?", "expiry", "Until when does the agreement run?", "what's the term",
        "How long is the initial term?", "When is the deal up?", "When will the agreement expire on its own?", "length of the initial period",
        "When does the initial term come to an end?",
    ),
    "Renewal Term": (
        "how long is each renewal?", "what's the renewal period", "For how long does it roll over?", "Does it renew, and for how long each time?",
        "length of an extension", "If nobody does anything at the end of the term, how long does it go on?", "auto-renewal term",
    ),
    "Notice Period To Terminate Renewal": (
        "how much notice to stop it renewing?", "notice to prevent renewal", "How far ahead must a party say that it does not want to renew?",
        "non-renewal notice period", "By when does one have to object to the extension?", "how many days before the end to opt out of renewal",
    ),
    "Governing Law": (
        "whose law applies?", "governing law", "Which state's law governs the deal?", "what law is it under", "Under the laws of which place is it construed?",
        "Which jurisdiction's law would a court apply?", "applicable law?", "what state's rules apply to the contract",
    ),
    "Party By Role": (
        "who is the {}?", "Which company acts as {}?", "name of the {}", "Who plays the part of {} in this deal?", "{}?", "which party is the {} here",
        "What entity is referred to as the {}?", "Who's the {}?",
    ),
}  # fmt: skip

#: Questions that a clause of the category answers with yes; with no; and openly, with the clause.
CLAUSES: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "Most Favored Nation": (
        ("Does one side get the best price that anyone else gets?", "is there an MFN", "Must they match better terms given to others?"),
        ("Is the supplier free to give other customers better prices than this one?",), ("What is promised about prices given to others?",),
    ),
    "Competitive Restriction Exception": (
        ("Are there carve-outs from the non-compete or exclusivity?", "any exceptions to the exclusivity?"),
        ("Does the exclusivity hold without any exception?",), ("What is excepted from the restriction on competing?",),
    ),
    "Non-Compete": (
        ("Is anyone barred from competing?", "non-compete?", "Is a party kept out of rival business?"),
        ("Can they run a competing business?", "Is each party free to sell competing products?"), ("What may a party not do in competition?",),
    ),
    "Exclusivity": (
        ("Is it exclusive?", "Is anyone promised exclusivity?", "exclusive deal?", "Must one side deal only with the other?"),
        ("Could they appoint somebody else for the same thing?", "Is it a non-exclusive arrangement?"), ("What is exclusive, and for whom?",),
    ),
    "No-Solicit Of Customers": (
        ("Is poaching of customers banned?", "Do they have to leave the other's clients alone?"),
        ("May they go after the other side's customers?",), ("What is said about soliciting customers?",),
    ),
    "No-Solicit Of Employees": (
        ("Is hiring away the other side's staff forbidden?", "no poaching of employees?"),
        ("Can they recruit each other's people?", "May a party hire the other's employees during the term?"), ("What is agreed about soliciting staff?",),
    ),
    "Non-Disparagement": (
        ("Must they refrain from talking the other down?", "Is there a duty not to disparage?"),
        ("Can they say bad things about each other in public?",), ("What may a party not say of the other?",),
    ),
    "Termination For Convenience": (
        ("Can a party walk away without a reason?", "terminate for convenience?", "Is ending the contract possible without cause?", "can they just quit on notice"),
        ("Does ending it early always need a breach?", "Are they locked in until the end of the term?"), ("How can it be ended without cause?",),
    ),
    "Rofr/Rofo/Rofn": (
        ("Does anyone have first dibs?", "Is there a right of first refusal?", "Must it be offered to the other party first?"),
        ("Can it be sold to a third party without offering it to the other side first?",), ("How does the right of first refusal work?",),
    ),
    "Change Of Control": (
        ("Does a takeover of a party give the other rights?", "change of control clause?", "Can the deal be ended if a party is bought?"),
        ("Is a merger of one party without any consequence for the contract?",), ("What happens if a party is acquired?",),
    ),
    "Anti-Assignment": (
        ("Is consent needed to assign?", "Does assigning the contract need the other side's approval?", "are transfers restricted"),
        ("Can it be assigned freely?", "May a party hand the contract over to someone else without asking?", "can they transfer it without consent",
         "Is a party free to assign its rights to a third party?"),
        ("What is the rule on assignment?", "assignment?"),
    ),
    "Revenue/Profit Sharing": (
        ("Do they split revenue?", "Is a share of sales paid over?", "any royalties or commissions?"),
        ("Does each side keep all of its revenue?",), ("How is revenue shared?", "What percentage of revenue is paid?"),
    ),
    "Price Restrictions": (
        ("Are price increases limited?", "is there a cap on raising prices"), ("Can the seller raise prices at will?",), ("How may prices change?",),
    ),
    "Minimum Commitment": (
        ("Is there a minimum order?", "Does the buyer have to take a minimum?", "minimum purchase?"),
        ("Can the buyer order as little as it likes?", "Is the customer free to buy nothing at all?"), ("What is the minimum that must be bought or paid?",),
    ),
    "Volume Restriction": (
        ("Is usage capped?", "Do fees go up past a certain volume?"), ("May they use as much as they want?",), ("What limit on volume is there?",),
    ),
    "Ip Ownership Assignment": (
        ("Does what is created belong to the other party?", "Is IP assigned?", "are the inventions handed over"),
        ("Does the maker keep the rights in what it creates?",), ("Who owns what is created?", "Who gets the IP in the work product?"),
    ),
    "Joint Ip Ownership": (
        ("Is any IP owned together?", "jointly owned inventions?"), ("Does all IP belong to one party alone?",), ("What do they own jointly?",),
    ),
    "License Grant": (
        ("Is a licence granted?", "Does one side get to use the other's IP?", "can they use the trademarks"),
        ("Is all use of the other side's marks and technology forbidden?",), ("What licence is granted?", "What may the licensee use?"),
    ),
    "Non-Transferable License": (
        ("Is the licence personal?", "Is the license non-transferable?"),
        ("Can the licensee pass the licence on?", "May the license be sublicensed or transferred freely?"), ("What is said on transferring the licence?",),
    ),
    "Affiliate License-Licensor": (
        ("Does the licence take in IP of the licensor's affiliates?",), ("Is the licence limited to what the licensor alone owns?",), ("Which affiliates of the licensor grant rights?",),
    ),
    "Affiliate License-Licensee": (
        ("Can the licensee's affiliates use the licence too?", "do group companies get the licence"),
        ("Is the licence for the licensee alone, without its affiliates?",), ("Which affiliates may use the licence?",),
    ),
    "Unlimited/All-You-Can-Eat-License": (
        ("Is use unlimited?", "enterprise-wide licence?"), ("Is the number of users capped?",), ("How far does the unlimited licence go?",),
    ),
    "Irrevocable Or Perpetual License": (
        ("Is the licence forever?", "perpetual or irrevocable?"), ("Can the licence be taken back?", "Does the license end when the contract ends?"), ("How long does the licence last?",),
    ),
    "Source Code Escrow": (
        ("Is source code put in escrow?",), ("Does the customer have no way of getting the source code if the vendor fails?",), ("When is the source code released?",),
    ),
    "Post-Termination Services": (
        ("Are there duties after the end?", "Must they help with the transition?", "sell-off period?"),
        ("Is everything over at once when it terminates?",), ("What has to be done after termination?", "What happens once it ends?"),
    ),
    "Audit Rights": (
        ("Can the books be checked?", "audit right?", "May a party inspect the other's records?", "can they audit"),
        ("Are the records off limits to the other party?",), ("How may books be inspected?",),
    ),
    "Uncapped Liability": (
        ("Is liability unlimited for anything?", "are there exclusions from the liability cap"), ("Is liability limited in all cases?",), ("For what is liability not limited?",),
    ),
    "Cap On Liability": (
        ("Is liability capped?", "Is there a limit to damages?", "Are consequential damages excluded?", "liability cap?"),
        ("Can a party recover unlimited damages?", "Could they claim lost profits?", "Is a party liable for consequential loss?"),
        ("What is the cap on liability?", "What damages are excluded?"),
    ),
    "Liquidated Damages": (
        ("Is a fixed sum due on breach?", "termination fee?", "any liquidated damages"), ("Can they end it early without paying anything?",), ("What must be paid as liquidated damages?",),
    ),
    "Warranty Duration": (
        ("Is there a warranty period?",), ("Are products sold without any warranty period?",), ("How long is the warranty?", "warranty period"),
    ),
    "Insurance": (
        ("Must they carry insurance?", "insurance required?", "Does anyone have to keep insurance in force?"),
        ("Can they go without insurance?",), ("What insurance is needed?", "What cover must be maintained?"),
    ),
    "Covenant Not To Sue": (
        ("Did they promise not to sue or contest?", "Is contesting the other's marks forbidden?"),
        ("May the licensee challenge the validity of the IP?",), ("What may a party not contest?",),
    ),
    "Third Party Beneficiary": (
        ("Can an outsider enforce it?", "third party beneficiaries?"), ("Are the parties alone entitled under the contract?",), ("Who else benefits from the contract?",),
    ),
}  # fmt: skip

#: What each hypothesis of ContractNLI asks: with yes, and with no, where it is entailed.
HYPOTHESES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "nda-11": (("Is reverse engineering forbidden?",), ("Can the recipient reverse engineer what it gets?", "reverse engineering allowed?")),
    "nda-16": (("Must the information be returned or destroyed at the end?", "give it back on termination?"), ("May the recipient keep everything when it ends?",)),
    "nda-15": (("Is it said that no rights in the information are granted?",), ("Does the recipient get a licence to the information?",)),
    "nda-10": (("Is the existence of the agreement confidential?",), ("Can they tell people that they are in talks?", "May a party disclose that the deal was made?")),
    "nda-2": (("Is only technical information covered?",), ("Does it cover business information too?",)),
    "nda-1": (("Must confidential information be marked as such?", "marking required?"), ("Is unmarked information protected as well?",)),
    "nda-19": (("Do some duties survive the end?", "anything that survives termination?"), ("Do all obligations stop when it ends?",)),
    "nda-12": (("Can the recipient develop similar things on its own?",), ("Is independent development forbidden?",)),
    "nda-20": (("May the recipient keep a copy after returning the rest?",), ("Must every last copy be given back or destroyed?",)),
    "nda-3": (("Is information told orally covered?", "oral disclosures confidential?"), ("Is only written information protected?",)),
    "nda-18": (("Is soliciting the other's staff banned?",), ("May they recruit each other's people?",)),
    "nda-7": (("Can it be shown to advisors or consultants?", "May third parties such as agents see it?"), ("Is sharing with outside advisers ruled out?",)),
    "nda-17": (("May copies be made?", "can they copy it"), ("Is copying forbidden altogether?",)),
    "nda-8": (("Must the owner be told before a court-ordered disclosure?", "notice of compelled disclosure?"), ("Can the recipient hand it to a court without telling the owner?",)),
    "nda-13": (("Is it fine to get the same information from someone else?",), ("Is information from third parties off limits?",)),
    "nda-5": (("Can employees see the information?", "share with staff?"), ("Is it forbidden to show it to employees?",)),
    "nda-4": (("Is use limited to the stated purpose?",), ("Can the recipient use it for whatever it wants?",)),
}  # fmt: skip

#: How a question is led in, in speech and in mails.
LEADS = (
    "can you tell me {}", "could you check {}", "please tell me: {}", "quick question - {}", "I'd like to know: {}", "do you know {}",
    "under this contract, {}", "according to the agreement, {}", "in this deal, {}", "{} thanks", "hi, {}", "Under the agreement, {}",
)  # fmt: skip
