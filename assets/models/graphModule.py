"""Runs an Axial network graph (graph.json) with PyTorch. It knows layers, but no paper."""

import json
from pathlib import Path

import torch
import torch.nn.functional as functional
from torch import nn

ELEMENTWISE = {
    "relu": torch.relu,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "maxPool2": lambda value: functional.max_pool2d(value, 2),
    "upsample2": lambda value: value.repeat_interleave(2, -1).repeat_interleave(2, -2),
}
COMBINE = {
    "concat": lambda values: torch.cat(values, 1),
    "add": lambda values: values[0] + values[1],
    "mul": lambda values: values[0] * values[1],
    "sub": lambda values: values[0] - values[1],
}
BATCH_NORM_PARTS = {
    "weight": "weight",
    "bias": "bias",
    "running_mean": "runningMean",
    "running_var": "runningVariance",
}


class GraphModule(nn.Module):
    """
    A network made from a graph. Call it with images of shape (m, batch, channels, y, x); it returns
    (batch, channels, y, x). Values that are per input are held as (m * batch, channels, y, x).
    """

    def __init__(self, graph, batch_norm_momentum=0.02):
        super().__init__()
        self.graph = graph
        self.parts = nn.ModuleDict()
        for layer in all_layers(graph["layers"]):
            if layer["op"] == "conv2d":
                self.parts[key(layer["name"])] = nn.Conv2d(
                    layer["inChannels"],
                    layer["outChannels"],
                    layer["kernel"],
                    padding=layer["kernel"] // 2,
                    bias=layer["bias"],
                )
            elif layer["op"] == "batchNorm":
                self.parts[key(layer["name"])] = nn.BatchNorm2d(
                    layer["channels"], eps=layer["epsilon"], momentum=batch_norm_momentum
                )

    def forward(self, images):
        count, batch = images.shape[:2]
        values = {self.graph["input"]["name"]: images.flatten(0, 1)}
        self.run_layers(self.graph["layers"], values, count, batch)
        return values[self.graph["output"]]

    def run_layers(self, layers, values, count, batch):
        for layer in layers:
            values[layer["name"]] = self.run_layer(layer, values, count, batch)

    def run_layer(self, layer, values, count, batch):
        op = layer["op"]
        if op in ("conv2d", "batchNorm"):
            return self.parts[key(layer["name"])](values[layer["input"]])
        if op in ELEMENTWISE:
            return ELEMENTWISE[op](values[layer["input"]])
        if op in COMBINE:
            return COMBINE[op]([values[name] for name in layer["inputs"]])
        if op == "lastInput":
            return values[layer["input"]].unflatten(0, (count, batch))[-1]
        if op == "zInterpolation":
            return z_interpolation(values[layer["input"]].unflatten(0, (count, batch)))
        if op == "recurrent":
            return self.run_recurrent(layer, values, count, batch)
        raise ValueError(f'Unknown layer "{op}".')

    def run_recurrent(self, layer, values, count, batch):
        sequences = {
            name: values[name].unflatten(0, (count, batch)) for name in layer["sequences"]
        }
        like = next(iter(sequences.values()))
        state = like.new_zeros((batch, layer["state"]["channels"], *like.shape[-2:]))
        for index in range(count):
            inside = {name: sequence[index] for name, sequence in sequences.items()}
            inside[layer["state"]["name"]] = state
            self.run_layers(layer["layers"], inside, count, batch)
            state = inside[layer["next"]]
        return state

    def named_weights(self):
        """Tensors under the names that the graph gives them: `<layer>.<parameter>`."""
        weights = {}
        for layer in all_layers(self.graph["layers"]):
            if layer["op"] not in ("conv2d", "batchNorm"):
                continue
            part = self.parts[key(layer["name"])]
            for name, tensor in part.state_dict().items():
                if name == "num_batches_tracked":
                    continue
                weights[f'{layer["name"]}.{BATCH_NORM_PARTS.get(name, name)}'] = tensor
        return weights

    def load_named_weights(self, weights):
        """Copies tensors in; every one of the graph's must be there."""
        for name, tensor in self.named_weights().items():
            tensor.copy_(weights[name])


def z_interpolation(images):
    """Linear interpolation at DPM 0 between enclosing images of (m, batch, 2, y, x); see graph.ts."""
    intensity, distance = images[:, :, 0], images[:, :, 1]
    below = distance >= 0
    far = 1e6
    down = torch.where(below, distance, torch.full_like(distance, far))
    up = torch.where(below, torch.full_like(distance, far), -distance)
    lower_distance, lower = nearest_image(down, below, intensity)
    upper_distance, upper = nearest_image(up, ~below, intensity)
    has_lower, has_upper = below.any(0), (~below).any(0)
    share = upper_distance / (lower_distance + upper_distance)
    share = torch.where(has_lower & has_upper, share, has_lower.to(share))
    return (share * lower + (1 - share) * upper)[:, None]


def nearest_image(distance, allowed, intensity):
    smallest = distance.min(0).values
    chosen = ((distance == smallest) & allowed).to(intensity)
    return smallest, (chosen * intensity).sum(0) / chosen.sum(0).clamp(min=1)


def all_layers(layers):
    for layer in layers:
        yield layer
        if layer["op"] == "recurrent":
            yield from all_layers(layer["layers"])


def key(name):
    """A module name; PyTorch allows no dots in it."""
    return name.replace(".", "/")


def load_graph(path):
    graph = json.loads(Path(path).read_text())
    if graph.get("format") != "axial-graph" or graph.get("version") != 1:
        raise ValueError(f"{path} is no Axial graph of version 1.")
    return graph
