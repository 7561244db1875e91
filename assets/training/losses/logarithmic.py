"""How good images are in decibels, as they are judged: every example counts alike, however bright or easy it is."""

import torch

# Of the range 1, where 60 dB are as good as any more.
FLOOR = 1e-3


def logarithmic(output, target):
    """Mean over images (batch, 1, y, x) of the logarithm of their root mean square difference."""
    squares = ((output - target) ** 2).mean((1, 2, 3))
    return 0.5 * torch.log(squares + FLOOR**2).mean()
