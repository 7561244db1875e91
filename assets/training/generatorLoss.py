"""The weighted sum of a recipe's terms."""

import torch

from losses.berhu import berhu
from losses.leastSquares import generator_loss
from losses.logarithmic import logarithmic
from losses.msSsim import ms_ssim
from losses.perceptual import PerceptualLoss


class GeneratorLoss(torch.nn.Module):
    def __init__(self, weights):
        super().__init__()
        self.weights = weights
        self.perceptual = PerceptualLoss() if "perceptual" in weights else None

    def forward(self, output, target, discriminator):
        """The sum and each term without its weight; images are (batch, 1, y, x)."""
        terms = {name: self.term(name, output, target, discriminator) for name in self.weights}
        return sum(self.weights[name] * term for name, term in terms.items()), terms

    def term(self, name, output, target, discriminator):
        if name == "berhu":
            return berhu(output - target)
        if name == "logarithmic":
            return logarithmic(output, target)
        if name == "mae":
            return (output - target).abs().mean()
        if name == "msSsim":
            return 1 - ms_ssim(output, target)
        if name == "perceptual":
            return self.perceptual(output, target)
        if name == "adversarial":
            return generator_loss(discriminator(output[None]))
        raise ValueError(f'Unknown term "{name}".')
