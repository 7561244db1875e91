"""Weights of a network turned into those of a wider one that computes the same."""

import torch


def widened(weights, shapes, generator):
    """
    `weights` of a narrower graph as those of a graph of the same layers whose tensors have `shapes`. Every
    channel becomes one or several equal ones, next to each other, and whoever reads them shares out its weight
    at random (`generator`), so that training drives them apart. All layers must widen by the same factor, which
    need not be whole, for channels that are joined to stay in order.

    Source: Chen, Goodfellow & Shlens 2016, Net2Net, arXiv:1511.05641 (wider networks).
    """
    return {name: widened_tensor(weights[name], shape, generator) for name, shape in shapes.items()}


def widened_tensor(tensor, shape, generator):
    tensor = tensor.float()[sources(shape[0], tensor.shape[0])]
    if tensor.dim() > 1 and tensor.shape[1] != shape[1]:
        tensor = shared_out(tensor, shape[1], generator)
    return tensor


def shared_out(tensor, inputs, generator):
    """Each input channel once or several times; the shares of an output are random and add up to 1."""
    source = sources(inputs, tensor.shape[1])
    shares = 0.5 + torch.rand(tensor.shape[0], inputs, generator=generator)
    sums = torch.zeros(tensor.shape[:2]).index_add_(1, source, shares)
    shares = shares / sums[:, source]
    return tensor[:, source] * shares.reshape(*shares.shape, *[1] * (tensor.dim() - 2))


def sources(wide, narrow):
    """Which narrow channel each wide one repeats."""
    if wide < narrow:
        raise ValueError(f"{narrow} channels cannot become {wide}.")
    return torch.arange(wide) * narrow // wide
