"""What parameters are before training, as the `initial` of a graph and of its layers says."""

import torch
from torch import nn


def set_initial_values(part, layer, initial):
    """PyTorch's own values (uniform within 1 / sqrt(fan-in)) stay where a graph says nothing."""
    if layer["op"] == "batchNorm":
        return
    with torch.no_grad():
        if initial is not None:
            nn.init.xavier_uniform_(part.weight)
            if part.bias is not None:
                part.bias.fill_(initial["bias"])
        for parameter in part.parameters():
            parameter.mul_(layer.get("initialScale", 1))
        if "initialBias" in layer:
            part.bias.fill_(layer["initialBias"])
