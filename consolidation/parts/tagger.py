"""Which tokens of a document belong to a clause of each category that lawyers labelled in CUAD.

Categories and their order: Hendrycks et al., CUAD, arXiv 2103.06268, table 1.

Shape suffixes: W windows, T tokens, E encoder width, L categories.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

#: The 41 categories in the order of the tagger's logits.
CATEGORIES = (
    "Document Name", "Parties", "Agreement Date", "Effective Date", "Expiration Date", "Renewal Term",
    "Notice Period To Terminate Renewal", "Governing Law", "Affiliate License-Licensee",
    "Affiliate License-Licensor", "Anti-Assignment", "Audit Rights", "Cap On Liability", "Change Of Control",
    "Competitive Restriction Exception", "Covenant Not To Sue", "Exclusivity", "Insurance",
    "Ip Ownership Assignment", "Irrevocable Or Perpetual License", "Joint Ip Ownership", "License Grant",
    "Liquidated Damages", "Minimum Commitment", "Most Favored Nation", "No-Solicit Of Customers",
    "No-Solicit Of Employees", "Non-Compete", "Non-Disparagement", "Non-Transferable License",
    "Post-Termination Services", "Price Restrictions", "Revenue/Profit Sharing", "Rofr/Rofo/Rofn",
    "Source Code Escrow", "Termination For Convenience", "Third Party Beneficiary", "Uncapped Liability",
    "Unlimited/All-You-Can-Eat-License", "Volume Restriction", "Warranty Duration",
)  # fmt: skip


class ClauseTagger(nn.Module):
    """A logit for each token and category, from tuned token features and the window as a whole."""

    def __init__(self, encoder_width: int = 384, hidden: int = 384) -> None:
        super().__init__()
        self.token = nn.Linear(encoder_width, hidden)
        self.window = nn.Linear(2 * encoder_width, hidden, bias=False)
        self.drop = nn.Dropout(0.1)
        self.out = nn.Linear(hidden, len(CATEGORIES))
        nn.init.constant_(self.out.bias, -5.0)

    def forward(self, tuned_WTE: Tensor, mask_WT: Tensor) -> Tensor:
        """Logits `[W, T, L]`; those of padding mean nothing."""
        inside = mask_WT.unsqueeze(-1)
        mean = (tuned_WTE * inside).sum(1) / inside.sum(1).clamp(min=1)
        top = tuned_WTE.masked_fill(~inside, -1e4).amax(1).clamp(min=-1e3)
        window = self.window(torch.cat([mean, top], dim=-1)).unsqueeze(1)
        return self.out(F.gelu(self.token(self.drop(tuned_WTE)) + window))
