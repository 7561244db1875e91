"""The reverse Huber loss (BerHu), as Recurrent-MZ uses it (Huang et al. 2021)."""

import torch


def berhu(difference, limit=0.1):
    """|d| up to `limit`, then (d^2 + limit^2) / (2 limit); mean over all samples."""
    size = difference.abs()
    return torch.where(size <= limit, size, (size**2 + limit**2) / (2 * limit)).mean()
