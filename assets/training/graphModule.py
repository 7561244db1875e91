"""Runs an Axial network graph (graph.json) with PyTorch. It knows layers, but no paper."""

import json
from pathlib import Path

import torch
import torch.nn.functional as functional
from torch import nn

from graphScales import value_scales
from initialValues import set_initial_values
from zInterpolation import z_interpolation

ELEMENTWISE = {
    "relu": torch.relu,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "maxPool2": lambda value: functional.max_pool2d(value, 2),
    "upsample2": lambda value: functional.interpolate(value, scale_factor=2, mode="nearest"),
    "globalAverage": lambda value: value.mean((-2, -1), keepdim=True),
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
    (batch, channels, y, x). Values that are per input are held as (m * batch, channels, y, x); `None` is
    a value of zeros, such as the state before the first step, which costs nothing.
    """

    def __init__(self, graph, batch_norm_momentum=0.02):
        super().__init__()
        self.graph = graph
        # What makes images that the network sees beside the measured ones, and how specimens are fitted for more.
        self.interpolation, self.fits = None, []
        scales = value_scales(graph)
        finite = [scale for scale in scales.values() if scale != float("inf")]
        self.multiple_px = max(finite) if scales[graph["output"]] == 1 else 1
        self.parts = nn.ModuleDict()
        for layer in all_layers(graph["layers"]):
            part = make_part(layer, batch_norm_momentum)
            if part is not None:
                set_initial_values(part, layer, graph.get("initial"))
                self.parts[key(layer["name"])] = part

    def forward(self, images):
        return self.values(images)[self.graph["output"]]

    def values(self, images):
        """Every value of the graph by its name; the output is cut to the size of the images."""
        count, batch = images.shape[:2]
        height, width = images.shape[-2:]
        beyond = (0, -width % self.multiple_px, 0, -height % self.multiple_px)
        block = images.flatten(0, 1)
        block = functional.pad(block, beyond, mode="replicate") if any(beyond) else block
        values = {self.graph["input"]["name"]: block}
        self.run_layers(self.graph["layers"], values, batch)
        if any(beyond):
            output = self.graph["output"]
            values[output] = values[output][..., :height, :width]
        return values

    def run_layers(self, layers, values, batch):
        for layer in layers:
            values[layer["name"]] = self.run_layer(layer, values, batch)

    def run_layer(self, layer, values, batch):
        op = layer["op"]
        if "inputs" in layer:
            return combine(op, [values[name] for name in layer["inputs"]])
        if op == "recurrent":
            return self.run_recurrent(layer, values, batch)
        value = values[layer["input"]]
        if value is None:
            return None
        name = key(layer["name"])
        if name in self.parts:
            part = self.parts[name]
            return part(value, batch) if op == "conv3d" else part(value)
        if op in ELEMENTWISE:
            return ELEMENTWISE[op](value)
        return run_plain(layer, value, batch)

    def run_recurrent(self, layer, values, batch):
        sequences = {name: values[name].split(batch) for name in layer["sequences"]}
        state = None
        for images in zip(*sequences.values()):
            inside = dict(zip(sequences, images))
            inside[layer["state"]["name"]] = state
            self.run_layers(layer["layers"], inside, batch)
            state = inside[layer["next"]]
        return state

    def fix_statistics(self):
        """Batch normalisation by the statistics that it has, in training as in use."""
        for part in self.parts.values():
            if isinstance(part, nn.BatchNorm2d):
                part.eval()

    def named_weights(self):
        """Tensors under the names that the graph gives them: `<layer>.<parameter>`."""
        weights = {}
        for layer in all_layers(self.graph["layers"]):
            if key(layer["name"]) not in self.parts:
                continue
            part = self.parts[key(layer["name"])]
            for name, tensor in part.state_dict().items():
                if name != "num_batches_tracked":
                    weights[f'{layer["name"]}.{BATCH_NORM_PARTS.get(name, name)}'] = tensor
        return weights

    def load_named_weights(self, weights):
        """Copies tensors in; every one of the graph's must be there."""
        with torch.no_grad():
            for name, tensor in self.named_weights().items():
                tensor.copy_(weights[name])


class VolumeConvolution(nn.Conv3d):
    """
    A convolution over planes (m * batch, c, y, x) with zeros beyond every face, computed as one over
    single planes, each joined with its neighbours: that is faster than a convolution in 3-D.
    """

    def forward(self, value, batch):
        depth = self.kernel_size[0]
        planes = value.unflatten(0, (-1, batch))
        count = planes.shape[0]
        padded = functional.pad(planes, (0, 0) * 4 + (depth // 2,) * 2)
        joined = torch.cat([padded[z : z + count] for z in range(depth)], 2).flatten(0, 1)
        weight = self.weight.transpose(1, 2).flatten(1, 2)
        return functional.conv2d(joined, weight, self.bias, padding=depth // 2)


class Dense(nn.Linear):
    """A dense layer over values of one pixel, (batch, c, 1, 1)."""

    def forward(self, value):
        return super().forward(value.flatten(1))[..., None, None]


def make_part(layer, batch_norm_momentum):
    """The module that holds a layer's parameters, `None` for a layer that has none."""
    op = layer["op"]
    if op == "batchNorm":
        return nn.BatchNorm2d(layer["channels"], layer["epsilon"], batch_norm_momentum)
    if op not in ("conv2d", "conv3d", "upConvolution2", "dense"):
        return None
    channels = layer["inChannels"], layer["outChannels"]
    if op == "upConvolution2":
        return nn.ConvTranspose2d(*channels, 2, stride=2)
    if op == "dense":
        return Dense(*channels)
    if op == "conv3d":
        return VolumeConvolution(*channels, layer["kernel"], bias=layer["bias"])
    return nn.Conv2d(
        *channels,
        layer["kernel"],
        stride=layer.get("stride", 1),
        padding=layer["kernel"] // 2,
        padding_mode=layer.get("padding", "zeros"),
        bias=layer["bias"],
    )


def combine(op, values):
    """Joins values; `None` stands for zeros."""
    if op == "concat":
        return torch.cat(values, 1)
    one, other = values
    if op == "mul":
        return None if one is None or other is None else one * other
    if other is None:
        return one
    if one is None:
        return other if op == "add" else -other
    return one + other if op == "add" else one - other


def run_plain(layer, value, batch):
    """A layer without parameters that needs more than its input."""
    op = layer["op"]
    if op == "leakyRelu":
        return functional.leaky_relu(value, layer["slope"])
    if op == "firstChannels":
        return value[:, : layer["channels"]]
    if op == "padChannels":
        return functional.pad(value, (0, 0, 0, 0, 0, layer["channels"] - value.shape[1]))
    images = value.unflatten(0, (-1, batch))
    if op == "lastInput":
        return images[-1 - layer.get("back", 0)]
    if op == "meanInput":
        return images.mean(0)
    if op == "channelsAsInputs":
        return images.transpose(1, 2).flatten(0, 2)[:, None]
    if op == "zInterpolation":
        return z_interpolation(images)
    raise ValueError(f'Unknown layer "{op}".')


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
