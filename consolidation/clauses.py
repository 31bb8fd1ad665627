"""Which tokens of a document belong to a clause of each category that lawyers labelled in CUAD.

Categories and their order: Hendrycks et al., CUAD, arXiv 2103.06268, table 1.

Shape suffixes: W windows, T tokens, E encoder width, L categories.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from consolidation.model import Attention, Mlp

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

    def __init__(self, encoder_width: int = 384, hidden: int = 256) -> None:
        super().__init__()
        self.token = nn.Linear(encoder_width, hidden)
        self.window = nn.Linear(2 * encoder_width, hidden, bias=False)
        self.out = nn.Linear(hidden, len(CATEGORIES))

    def forward(self, tuned_WTE: Tensor, mask_WT: Tensor) -> Tensor:
        """Logits `[W, T, L]`; those of padding mean nothing."""
        inside = mask_WT.unsqueeze(-1)
        mean = (tuned_WTE * inside).sum(1) / inside.sum(1).clamp(min=1)
        top = (tuned_WTE * inside).amax(1)
        window = self.window(torch.cat([mean, top], dim=-1)).unsqueeze(1)
        return self.out(F.gelu(self.token(tuned_WTE) + window))


class ClauseFinder(nn.Module):
    """A logit for each token and category, from the encoder's features, attention in the window, and its pooling."""

    def __init__(self, layers: int = 3, encoder_width: int = 384, width: int = 256) -> None:
        super().__init__()
        self.norms = nn.ModuleList(nn.LayerNorm(encoder_width) for _ in range(layers))
        self.inputs = nn.Linear(layers * encoder_width, width)
        self.norm_attention, self.norm_mlp = nn.LayerNorm(width), nn.LayerNorm(width)
        self.attention, self.mlp = Attention(width, 4), Mlp(width, 2 * width)
        self.window = nn.Linear(2 * width, width, bias=False)
        self.drop = nn.Dropout(0.1)
        self.out = nn.Linear(width, len(CATEGORIES))
        nn.init.constant_(self.out.bias, -5.0)

    def forward(self, layers_WTF: Tensor, mask_WT: Tensor) -> Tensor:
        """Logits `[W, T, L]`; those of padding mean nothing."""
        parts = layers_WTF.chunk(len(self.norms), dim=-1)
        x = self.inputs(torch.cat([n(part) for n, part in zip(self.norms, parts, strict=True)], dim=-1))
        y = self.norm_attention(self.drop(x))
        x = x + self.attention(y, y, mask_WT[:, None, None, :])
        x = x + self.mlp(self.norm_mlp(self.drop(x)))
        inside = mask_WT.unsqueeze(-1)
        mean = (x * inside).sum(1) / inside.sum(1).clamp(min=1)
        top = x.masked_fill(~inside, -1e4).amax(1)
        return self.out(F.gelu(self.drop(x + self.window(torch.cat([mean, top], dim=-1)).unsqueeze(1))))
