"""Weights of a network turned into those of a wider one that computes the same."""

import torch


def widened(weights, shapes, generator):
    """
    `weights` of a narrower graph as those of a graph of the same layers whose tensors have `shapes`. Every
    channel becomes several equal ones, next to each other, and whoever reads them shares out its weight at random
    (`generator`), so that training drives them apart. A factor must be whole and the same for all channels of
    a layer.

    Source: Chen, Goodfellow & Shlens 2016, Net2Net, arXiv:1511.05641 (wider networks).
    """
    return {name: widened_tensor(weights[name], shape, generator) for name, shape in shapes.items()}


def widened_tensor(tensor, shape, generator):
    tensor = tensor.float()
    if tensor.dim() > 1 and tensor.shape[1] != shape[1]:
        tensor = shared_out(tensor, factor(shape[1], tensor.shape[1]), shape[0], generator)
    return tensor.repeat_interleave(factor(shape[0], tensor.shape[0]), 0)


def shared_out(tensor, count, outputs, generator):
    """Each input channel `count` times; the shares that an output gives them are random and add up to 1."""
    repeated = factor(outputs, tensor.shape[0])
    tensor = tensor.repeat_interleave(repeated, 0)
    shares = 0.5 + torch.rand(*tensor.shape[:2], count, generator=generator)
    shares = shares / shares.sum(2, keepdim=True)
    parts = tensor[:, :, None] * shares.reshape(*shares.shape, *[1] * (tensor.dim() - 2))
    return parts.flatten(1, 2)


def factor(wide, narrow):
    if wide % narrow:
        raise ValueError(f"{narrow} channels cannot become {wide}.")
    return wide // narrow
