"""What a network scores beside interpolation in z, on simulated and on real stacks."""

import numpy
import torch

from trainingData import DPM_UNIT_UM, paper_normalisation


def reconstruct(network, stack, z_um, inputs, target_um, order="nearestLast"):
    """
    One plane (y, x) from the planes `inputs` of a stack (z, y, x). As in the application, offset and
    scale come from the inputs alone, and the nearest input comes last.
    """
    offset, scale = paper_normalisation(stack[list(inputs)])
    order = sorted(inputs, key=lambda z: -abs(target_um - z_um[z])) if order == "nearestLast" else order
    height, width = stack.shape[1:]
    images = (numpy.stack([stack[z] for z in order]) - offset) / scale
    images = numpy.pad(images, ((0, 0), (0, -height % 16), (0, -width % 16)), "reflect")
    dpm = numpy.stack(
        [numpy.full(images.shape[1:], (target_um - z_um[z]) / DPM_UNIT_UM) for z in order]
    )
    block = torch.from_numpy(numpy.stack([images, dpm], 1).astype("f4"))[:, None]
    with torch.no_grad():
        return network(block)[0, 0, :height, :width].numpy() * scale + offset


def interpolate(stack, z_um, inputs, target_um, method):
    """Nearest, linear or cubic interpolation in z; beyond the inputs the nearest (cubic: follows)."""
    positions = numpy.array([z_um[z] for z in inputs])
    images = numpy.stack([stack[z] for z in inputs])
    if method == "nearest":
        return images[numpy.abs(positions - target_um).argmin()]
    if method == "linear":
        clamped = numpy.clip(target_um, positions[0], positions[-1])
        weights = [numpy.interp(clamped, positions, row) for row in numpy.eye(len(positions))]
        return numpy.tensordot(weights, images, 1)
    # The not-a-knot cubic spline through up to four planes is the polynomial through them.
    weights = [
        numpy.prod([(target_um - b) / (a - b) for b in positions if b != a]) for a in positions
    ]
    return numpy.tensordot(weights, images, 1)


def psnr(image, truth, data_range=1.0):
    return float(10 * numpy.log10(data_range**2 / numpy.mean((image - truth) ** 2)))


def affine_fit(image, truth):
    """`image` scaled and shifted to come as near to `truth` as it can (least squares)."""
    centred = image - image.mean()
    gain = (centred * (truth - truth.mean())).mean() / (centred**2).mean()
    return centred * gain + truth.mean()


METHODS = ("nearest", "linear", "cubic", "network")


def score_volume(network, volume, inputs, targets, against="clean"):
    """PSNR of each method: {method: one figure for each target}; range 1 after normalisation."""
    z_um = numpy.arange(len(volume.noisy)) * volume.step_um
    scores = {method: [] for method in METHODS}
    for target in targets:
        truth = getattr(volume, against)[target]
        for method in METHODS:
            image = (
                reconstruct(network, volume.noisy, z_um, inputs, z_um[target])
                if method == "network"
                else interpolate(volume.noisy, z_um, inputs, z_um[target], method)
            )
            scores[method].append(psnr(image, truth))
    return scores


def simulated_inputs(volume, spacing_um):
    """Three planes `spacing_um` apart around the middle, and the planes between them."""
    middle, gap = len(volume.noisy) // 2, round(spacing_um / volume.step_um)
    gap = min(gap, middle)
    inputs = [middle - gap, middle, middle + gap]
    return inputs, [z for z in range(inputs[0] + 1, inputs[2]) if z not in inputs]


def score_simulated(network, volumes, spacing_um=3.6, stride=1):
    """Mean PSNR of each method over volumes and unseen planes."""
    means = {method: [] for method in METHODS}
    for volume in volumes:
        inputs, targets = simulated_inputs(volume, spacing_um)
        scores = score_volume(network, volume, inputs, targets[stride // 2 :: stride])
        for method in METHODS:
            means[method].append(numpy.mean(scores[method]))
    return {method: float(numpy.mean(values)) for method, values in means.items()}


def score_real(network, stack, step_um, inputs, first, last, fit=True, stride=1):
    """PSNR of each method on a measured, normalised stack, after an affine fit if `fit`."""
    z_um = numpy.arange(len(stack)) * step_um
    targets = [z for z in range(first, last + 1) if z not in inputs][::stride]
    scores = {method: [] for method in METHODS}
    for target in targets:
        for method in METHODS:
            image = (
                reconstruct(network, stack, z_um, inputs, z_um[target])
                if method == "network"
                else interpolate(stack, z_um, inputs, z_um[target], method)
            )
            image = affine_fit(image, stack[target]) if fit else image
            scores[method].append(psnr(image, stack[target]))
    return targets, scores
