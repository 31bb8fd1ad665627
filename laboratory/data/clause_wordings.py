"""How reviewers ask whether a contract has a clause: paraphrases for CUAD's yes/no categories."""

from __future__ import annotations

_TOPICS: dict[str, tuple[str, ...]] = {
    "Affiliate License-Licensee": ("a license to affiliates of the licensee", "sublicensing to the licensee's affiliates"),
    "Affiliate License-Licensor": ("a license by affiliates of the licensor", "intellectual property of the licensor's affiliates in the license"),
    "Anti-Assignment": ("a consent requirement for assignment", "a restriction on assigning the contract to a third party", "an anti-assignment clause"),
    "Audit Rights": ("audit rights", "a right to inspect books and records", "a right to audit the counterparty"),
    "Cap On Liability": ("a cap on liability", "a limitation of liability", "a maximum amount of liability for breach"),
    "Change Of Control": ("a change of control clause", "a right to terminate on a merger or sale of control"),
    "Competitive Restriction Exception": ("an exception to the non-compete or exclusivity", "a carve-out from competitive restrictions"),
    "Covenant Not To Sue": ("a covenant not to sue", "a promise not to contest the other party's intellectual property"),
    "Exclusivity": ("exclusivity", "an exclusive dealing commitment", "an exclusive right in a territory"),
    "Insurance": ("an insurance requirement", "an obligation to maintain insurance coverage"),
    "Ip Ownership Assignment": ("an assignment of intellectual property", "a transfer of ownership of inventions to the other party"),
    "Irrevocable Or Perpetual License": ("an irrevocable or perpetual license", "a license that never ends"),
    "Joint Ip Ownership": ("joint ownership of intellectual property", "jointly owned inventions"),
    "License Grant": ("a license grant", "a grant of a license to use intellectual property", "a right to use trademarks or software"),
    "Liquidated Damages": ("liquidated damages", "a termination fee", "a fixed sum payable for breach"),
    "Minimum Commitment": ("a minimum commitment", "a minimum purchase obligation", "a minimum order size"),
    "Most Favored Nation": ("a most favored nation clause", "a promise of the best price given to any customer"),
    "No-Solicit Of Customers": ("a no-solicit of customers", "a ban on soliciting the other party's customers"),
    "No-Solicit Of Employees": ("a no-solicit of employees", "a ban on hiring the other party's employees"),
    "Non-Compete": ("a non-compete", "a restriction on competing with the other party", "a ban on competing business"),
    "Non-Disparagement": ("a non-disparagement clause", "a duty not to disparage the other party"),
    "Non-Transferable License": ("a non-transferable license", "a limit on transferring the license"),
    "Post-Termination Services": ("services after termination", "duties that continue after the contract ends", "a wind-down or transition period"),
    "Price Restrictions": ("a price restriction", "a limit on raising prices"),
    "Revenue/Profit Sharing": ("revenue sharing", "profit sharing or commissions", "a share of revenue paid to the other party"),
    "Rofr/Rofo/Rofn": ("a right of first refusal", "a right of first offer or negotiation"),
    "Source Code Escrow": ("a source code escrow", "a deposit of source code with an escrow agent"),
    "Termination For Convenience": ("termination for convenience", "a right to terminate without cause on notice"),
    "Third Party Beneficiary": ("a third party beneficiary", "a non-party that may enforce the contract"),
    "Uncapped Liability": ("uncapped liability", "unlimited liability for some breaches"),
    "Unlimited/All-You-Can-Eat-License": ("an unlimited usage license", "an enterprise-wide unlimited license"),
    "Volume Restriction": ("a volume restriction", "a limit on usage beyond which fees rise"),
    "Warranty Duration": ("a warranty period", "a duration of the product warranty"),
}  # fmt: skip
_FRAMES = (
    "Does the contract contain {}?", "Is there {}?", "Does this agreement provide for {}?", "Find {}.", "{}",
    "Has the agreement got {}?",
)  # fmt: skip

CLAUSE_CATEGORIES = tuple(_TOPICS)


def clause_paraphrases(category: str, *, training: bool = True) -> list[str]:
    """All wordings for a category; without the last frame for training."""
    frames = _FRAMES[:-1] if training else _FRAMES
    return [frame.format(topic) for frame in frames for topic in _TOPICS[category]]


def clause_topics(category: str) -> tuple[str, ...]:
    """What reviewers call a category, each fit to stand after "contain"."""
    return _TOPICS[category]
