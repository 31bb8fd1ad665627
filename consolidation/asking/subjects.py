"""What questions of a whole matter are about, each in the words in which documents are asked for it.

A wording ("who can jack the price") is told to be about a subject by a model; what then is asked stands here.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Subject:
    """What documents are asked for.

    `has` says it of several documents, after "contracts"; empty where that takes a value. `noun` is its value, for one
    document; empty where it has none that is told in short. `compared` says it of several documents with a value in
    the place of `{}`. `dated` says of one document how it comes before or after others in time. Where people ask for
    what is allowed as often as for what is forbidden, `allows` and `forbids` say the one that `has` does not.
    """

    has: str
    noun: str = ""
    compared: str = ""
    dated: str = ""
    allows: str = ""
    forbids: str = ""

    @property
    def says(self) -> str:
        """All words of it."""
        return f"{self.has} {self.noun}"

    @property
    def lacks(self) -> str:
        """The opposite of `has`, of several documents."""
        for begins, instead in _OPPOSITES:
            if self.has.startswith(begins):
                return instead + self.has.removeprefix(begins)
        return f"do not {self.has}"


_OPPOSITES = (("have an ", "do not have an "), ("have a ", "do not have a "), ("have ", "have no "), ("are ", "are not "), ("can ", "cannot "))  # fmt: skip

#: By names that the model's file lists too. `other` is what none of them is.
SUBJECTS: dict[str, Subject] = {
    "governing_law": Subject("have a governing law clause", "governing law", "are governed by the law of {}"),
    "forum": Subject("have a jurisdiction clause", "court that hears disputes", "send disputes to the courts of {}"),
    "arbitration": Subject("require arbitration of disputes", "", "require arbitration in {}"),
    "expiry": Subject("have an expiry date", "expiry date", "expire {}", "expires"),
    "agreement_date": Subject("have a signing date", "signing date", "were signed {}", "was signed"),
    "effective_date": Subject("have an effective date", "effective date", "took effect {}", "took effect"),
    "term": Subject("have a fixed term", "term", "have a term {}"),
    "renewal": Subject("renew automatically", "renewal term", "renew {}", "renews"),
    "renewal_term": Subject("renew automatically", "renewal term", "have a renewal term {}"),
    "notice_to_end": Subject("allow termination on notice", "notice period", "have a notice period {}"),
    "parties": Subject("name two parties", "parties", "are with {}"),
    "party_country": Subject("have a foreign party", "", "have a party from {}"),
    "signatories": Subject("are signed", "signatories", "are signed by {}"),
    "kind": Subject("", "title", "are {}"),
    "contract_value": Subject("have a price", "price", "have a price {}"),
    "payment_terms": Subject("have a payment period", "payment period", "have a payment period {}"),
    "late_interest": Subject("charge interest on late payments", "interest rate on late payments", "charge interest on late payments {}"),
    "price_increase": Subject("allow price increases", "price increase", "allow price increases {}", forbids="forbid price increases"),
    "liability_cap": Subject("limit liability", "liability cap", "have a liability cap {}"),
    "uncapped_liability": Subject("have uncapped liability", "", "have uncapped liability {}"),
    "consequential": Subject("exclude consequential damages"),
    "indemnity": Subject("have an indemnity"),
    "ip_indemnity": Subject("have an indemnity for infringement of intellectual property"),
    "audit": Subject("have audit rights"),
    "assignment": Subject("require consent to an assignment", allows="can be assigned without consent"),
    "change_of_control": Subject("have a change of control clause"),
    "non_compete": Subject("have a non-compete", "non-compete period", "have a non-compete {}"),
    "exclusivity": Subject("have an exclusivity clause", "", "have an exclusivity clause {}"),
    "no_solicit_customers": Subject("forbid soliciting customers", "non-solicitation period"),
    "no_solicit_employees": Subject("forbid soliciting employees", "non-solicitation period"),
    "non_disparagement": Subject("have a non-disparagement clause"),
    "termination_convenience": Subject("allow termination for convenience", "notice period", "allow termination for convenience and have a notice period {}"),
    "termination_cause": Subject("allow termination for breach"),
    "insolvency": Subject("allow termination on insolvency"),
    "cure_period": Subject("have a cure period", "cure period", "have a cure period {}"),
    "termination_fee": Subject("have a termination fee", "termination fee", "have a termination fee {}"),
    "rofr": Subject("have a right of first refusal or first offer"),
    "mfn": Subject("have a most favored nation clause"),
    "royalty": Subject("require royalties or share revenue", "royalty rate", "have a royalty rate {}"),
    "minimum_commitment": Subject("have a purchase commitment", "minimum commitment", "have a minimum commitment {}"),
    "volume_restriction": Subject("have a volume restriction", "volume limit"),
    "ip_ownership": Subject("assign intellectual property"),
    "joint_ip": Subject("have joint ownership of intellectual property"),
    "licence": Subject("grant a license"),
    "perpetual_licence": Subject("grant a perpetual or irrevocable license"),
    "non_transferable_licence": Subject("grant a non-transferable license"),
    "affiliate_licence": Subject("grant a license to affiliates"),
    "sublicense": Subject("allow sublicensing", forbids="forbid sublicensing"),
    "unlimited_licence": Subject("grant an unlimited license"),
    "source_code_escrow": Subject("have a source code escrow"),
    "post_termination": Subject("have a transition period after termination", "transition period"),
    "survival": Subject("have a survival clause"),
    "liquidated_damages": Subject("have liquidated damages", "liquidated damages", "have liquidated damages {}"),
    "warranty": Subject("have a warranty", "warranty period", "have a warranty period {}"),
    "warranty_disclaimer": Subject("have a warranty disclaimer"),
    "insurance": Subject("require insurance", "insurance amount", "require insurance {}"),
    "no_challenge": Subject("have a covenant not to sue"),
    "third_party_beneficiary": Subject("have a third party beneficiary"),
    "force_majeure": Subject("have a force majeure clause"),
    "confidentiality": Subject("have a confidentiality clause"),
    "confidentiality_period": Subject("have a confidentiality period", "confidentiality period", "have a confidentiality period {}"),
    "data_protection": Subject("have a data protection clause"),
    "severability": Subject("have a severability clause"),
    "entire_agreement": Subject("have an entire agreement clause"),
    "counterparts": Subject("have a counterparts clause"),
    "amendment_in_writing": Subject("require amendments in writing"),
    "jury_waiver": Subject("have a jury waiver"),
    "injunctive_relief": Subject("allow injunctive relief"),
    "attorneys_fees": Subject("award attorneys' fees to the winner"),
    "subcontracting": Subject("allow subcontracting", forbids="forbid subcontracting"),
    "publicity": Subject("restrict publicity", allows="allow the use of names and logos"),
    "notice_address": Subject("have an address for notices", "address for notices"),
    "email_notice": Subject("allow notice by e-mail", "e-mail address for notices", forbids="forbid notice by e-mail"),
    "taxes": Subject("have a provision on taxes"),
    "currency": Subject("have a currency clause", "currency of payments", "have payments in {}"),
    "expenses": Subject("reimburse expenses"),
    "guarantee": Subject("have a guaranty", "guarantor", "have a guaranty {}"),
    "security": Subject("have a security deposit or collateral", "security deposit", "have a security deposit {}"),
    "service_levels": Subject("have service levels", "service level"),
    "delivery": Subject("have a delivery date", "delivery date"),
    "set_off": Subject("allow set-off", forbids="forbid set-off"),
    "export_control": Subject("have an export control clause"),
    "anti_corruption": Subject("have an anti-corruption clause"),
    "salary": Subject("have a salary", "base salary", "have a base salary {}"),
    "bonus": Subject("have a bonus", "bonus", "have a bonus {}"),
    "severance": Subject("have severance pay", "severance pay", "have severance pay {}"),
    "equity": Subject("grant stock options or shares", "share number"),
    "benefits": Subject("have employee benefits"),
    "rent": Subject("have a rent", "rent", "have a rent {}"),
    "milestone": Subject("have milestone payments", "milestone amount"),
    "territory": Subject("have a territory", "territory", "have a territory in {}"),
    "dispute_escalation": Subject("require mediation or negotiation before a lawsuit"),
    "compliance": Subject("require compliance with laws"),
    "amended_agreement": Subject("amend an earlier agreement"),
    "position": Subject("have a job title", "job title"),
    "workplace": Subject("have a place of work", "place of work"),
    "working_time": Subject("require full working time", "working time"),
    "good_reason": Subject("allow resignation for good reason"),
    "release": Subject("require a release of claims"),
    "death_disability": Subject("have a clause on death or disability"),
    "parachute": Subject("have a clause on excise taxes"),
    "health_continuation": Subject("continue health benefits after termination"),
    "relocation": Subject("reimburse moving expenses"),
    "probation": Subject("have a probation period", "probation period", "have a probation period {}"),
    "loan_amount": Subject("have a loan amount", "loan amount", "have a loan amount {}"),
    "interest_rate": Subject("have an interest rate", "interest rate", "have an interest rate {}"),
    "maturity": Subject("have a maturity date", "maturity date", "mature {}"),
    "prepayment": Subject("allow prepayment", forbids="forbid prepayment"),
    "loan_fees": Subject("have a commitment fee", "commitment fee", "have a commitment fee {}"),
    "default_events": Subject("have events of default"),
    "cross_default": Subject("have a cross-default"),
    "financial_covenants": Subject("have financial covenants"),
    "debt_limits": Subject("limit other debt or liens"),
    "dividends": Subject("restrict dividends", allows="allow dividends"),
    "financial_statements": Subject("require financial statements"),
    "mac": Subject("have a material adverse change clause"),
    "completion": Subject("have a completion date", "completion date", "have a completion date {}"),
    "retainage": Subject("have retainage", "retainage", "have retainage {}"),
    "change_orders": Subject("have change orders"),
    "liens": Subject("require lien waivers"),
    "bonds": Subject("require a performance bond", "bond amount"),
    "permits": Subject("require permits"),
    "hazardous": Subject("have a clause on hazardous materials"),
    "support": Subject("provide support or maintenance"),
    "training": Subject("provide training"),
    "acceptance": Subject("have acceptance tests", "acceptance period"),
    "reverse_engineering": Subject("forbid reverse engineering", allows="allow reverse engineering"),
    "return_of_materials": Subject("require the return of materials"),
    "independent_contractors": Subject("have an independent contractors clause"),
    "no_waiver": Subject("have a no waiver clause"),
    "time_of_essence": Subject("have a time of the essence clause"),
    "precedence": Subject("have an order of precedence"),
    "language": Subject("have a language clause", "governing language"),
    "risk_of_loss": Subject("have a risk of loss clause"),
    "key_person": Subject("name key personnel", "key personnel"),
    "background_checks": Subject("require background checks"),
    "morals": Subject("have a morals clause"),
    "approval": Subject("require approval of materials"),
    "records": Subject("require records"),
    "reports": Subject("require reports"),
    "discounts": Subject("give discounts or rebates", "discount"),
    "committee": Subject("have a committee"),
    "board_seat": Subject("give a board seat"),
    "claims_period": Subject("have a time limit for claims", "claims period"),
    "headings": Subject("have a headings clause"),
    "representations": Subject("have representations"),
    "exhibits": Subject(""),
    "suspension": Subject("allow suspension of performance"),
    "unilateral_change": Subject("allow unilateral changes"),
    "earn_out": Subject("have an earn-out"),
    "drag_tag": Subject("have drag-along or tag-along rights"),
    "conditions_precedent": Subject("have conditions precedent"),
    "repairs": Subject("have a clause on repairs"),
    "other": Subject(""),
}  # fmt: skip
