"""Exponential average of weights and of batch statistics."""

import torch


class WeightAverage:
    """Follows `network` in `average`; the memory is short at first. A decay of 0 copies."""

    def __init__(self, average, network, decay):
        pairs = zip(average.state_dict().values(), network.state_dict().values())
        self.pairs = [(mean, value) for mean, value in pairs if mean.dtype.is_floating_point]
        self.decay = decay

    def update(self, step):
        decay = min(self.decay, (1 + step) / (10 + step))
        with torch.no_grad():
            for mean, value in self.pairs:
                mean.lerp_(value, 1 - decay)
