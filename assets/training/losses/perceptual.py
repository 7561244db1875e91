"""
A perceptual term without weights from elsewhere. WFCON-Net compares features of VGG; here the features are
those of a small fixed network with random weights (seed 20): at three scales two 3 x 3 convolutions
with ReLU, of 16, 32 and 64 channels, and means of 2 x 2 px between them. It sees edges and textures of
several sizes, but knows no objects.
"""

import torch
import torch.nn.functional as functional
from torch import nn

CHANNELS = (16, 32, 64)
SEED = 20


class PerceptualLoss(nn.Module):
    """Mean square difference of features, mean over the scales, of images (batch, 1, y, x)."""

    def __init__(self):
        super().__init__()
        random = torch.Generator().manual_seed(SEED)
        before = 1
        for scale, channels in enumerate(CHANNELS):
            for step, inputs in enumerate((before, channels)):
                spread = (2 / (9 * inputs)) ** 0.5
                kernel = torch.randn((channels, inputs, 3, 3), generator=random) * spread
                self.register_buffer(f"kernel{scale}{step}", kernel)
            before = channels

    def forward(self, image, target):
        pairs = zip(self.features(image), self.features(target))
        return sum(((one - other) ** 2).mean() for one, other in pairs) / len(CHANNELS)

    def features(self, value):
        for scale in range(len(CHANNELS)):
            value = functional.avg_pool2d(value, 2) if scale > 0 else value
            for step in range(2):
                kernel = getattr(self, f"kernel{scale}{step}")
                value = torch.relu(functional.conv2d(value, kernel, padding=1))
            yield value
