"""What a network scores beside interpolation in z, on simulated and on measured stacks."""

import numpy
import torch

from normalisation import paper_normalisation
from trainingSet import DPM_UNIT_UM


def network_input(network, volume, inputs, target, order="nearestLast"):
    """
    What a network is fed for one plane: (m, 2, y, x), and the offset and scale that it was normalised
    with. As in the application these come from the inputs alone, and the nearest input comes last, before
    what fitted specimens and spectral interpolation make of them at the target.
    """
    stack, z_um = volume.noisy, volume.z_um
    offset, scale = paper_normalisation(stack[list(inputs)])
    if order != "asGiven":
        inputs = sorted(inputs, key=lambda z: -abs(z_um[target] - z_um[z]))
    if order == "nearestFirst":
        inputs = inputs[::-1]
    images = (stack[list(inputs)] - offset) / scale
    distances = [(z_um[target] - z_um[z]) / DPM_UNIT_UM for z in inputs]
    fitted = [volume.fitted[fit["model"], tuple(sorted(inputs)), target] for fit in network.fits]
    made = [(image - offset) / scale for image in fitted]
    if network.interpolation:
        made.append(network.interpolation(images, [z_um[z] for z in inputs], z_um[target]))
    images = [*images, *made]
    distances = [*distances, *([0] * len(made))]
    block = [[image, numpy.full_like(image, distance)] for image, distance in zip(images, distances)]
    return numpy.array(block, "<f4"), offset, scale


def reconstruct(network, volume, inputs, target, order="nearestLast"):
    """The plane `target` (y, x) from the planes `inputs` of a volume."""
    block, offset, scale = network_input(network, volume, inputs, target, order)
    device = next(network.parameters()).device
    with torch.no_grad():
        plane = network(torch.from_numpy(block).to(device)[:, None])
    return plane[0, 0].float().cpu().numpy() * scale + offset


def interpolate(method, stack, z_um, inputs, target_um):
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


INTERPOLATIONS = ("nearest", "linear", "cubic")


def interpolation_cases():
    """Each interpolation as a function of (volume, inputs, target), the latter as numbers of planes."""

    def case(method):
        return lambda volume, inputs, target: interpolate(
            method, volume.noisy, volume.z_um, inputs, volume.z_um[target]
        )

    return {method: case(method) for method in INTERPOLATIONS}


def usual_inputs(network):
    """How many images a network is made for."""
    return 1 if network.graph["name"] == "deep-z" else 3


def network_case(network, count=None, order="nearestLast"):
    """The network, fed the `count` (usual number) nearest of the inputs, as a function like those above."""
    count = count or usual_inputs(network)

    def run(volume, inputs, target):
        near = sorted(inputs, key=lambda z: abs(target - z))[:count]
        return reconstruct(network, volume, near, target, order)

    return run


def spectral_case(interpolation):
    """What the network corrects, as a function like those above."""

    def run(volume, inputs, target):
        z_um = volume.z_um
        return interpolation(volume.noisy[list(inputs)], z_um[list(inputs)], z_um[target])

    return run


def fitted_case(model):
    """The plane of the specimen that was fitted, as a function like those above."""
    return lambda volume, inputs, target: volume.fitted[model, tuple(inputs), target]


def psnr(image, truth, data_range=1.0):
    return float(10 * numpy.log10(data_range**2 / numpy.mean((image - truth) ** 2)))


def affine_fit(image, truth):
    """`image` scaled and shifted to come as near to `truth` as it can (least squares)."""
    centred = image - image.mean()
    gain = (centred * (truth - truth.mean())).mean() / (centred**2).mean()
    return centred * gain + truth.mean()


def simulated_inputs(volume, spacing_um):
    """Three planes `spacing_um` apart around the middle, and the planes between them."""
    middle, gap = len(volume.noisy) // 2, round(spacing_um / volume.step_um)
    gap = min(gap, middle)
    inputs = [middle - gap, middle, middle + gap]
    return inputs, [z for z in range(inputs[0] + 1, inputs[2]) if z not in inputs]


def score_volume(cases, volume, spacing_um, stride=1):
    """
    Means over every `stride`-th plane between the inputs, for each case: PSNR against the noise-free and
    against the noisy planes (range 1 after normalisation) and mean absolute error.
    """
    inputs, targets = simulated_inputs(volume, spacing_um)
    figures = {name: [] for name in cases}
    for target in targets[stride // 2 :: stride]:
        clean, noisy = volume.clean[target], volume.noisy[target]
        for name, compute in cases.items():
            image = compute(volume, inputs, target)
            error = float(numpy.abs(image - clean).mean())
            figures[name].append((psnr(image, clean), psnr(image, noisy), error))
    means = {name: numpy.mean(rows, 0) for name, rows in figures.items()}
    return {
        name: dict(zip(("psnr", "psnrNoisy", "mae"), map(float, row))) for name, row in means.items()
    }


def score_simulated(network, volumes, spacing_um, stride=1):
    """Mean PSNR over volumes of the network and of each interpolation, and the network's mean error."""
    cases = {**interpolation_cases(), "network": network_case(network)}
    scores = [score_volume(cases, volume, spacing_um, stride) for volume in volumes]
    means = {name: float(numpy.mean([score[name]["psnr"] for score in scores])) for name in cases}
    return {**means, "mae": float(numpy.mean([score["network"]["mae"] for score in scores]))}


def score_real(network, volume, inputs, first, last, stride=1, fit=True):
    """PSNR of each method on a measured stack, after an affine fit if `fit`."""
    targets = [z for z in range(first, last + 1) if z not in inputs][::stride]
    cases = {**interpolation_cases(), "network": network_case(network)}
    scores = {name: [] for name in cases}
    for target in targets:
        truth = volume.noisy[target]
        for name, compute in cases.items():
            image = compute(volume, inputs, target)
            image = affine_fit(image, truth) if fit else image
            scores[name].append(psnr(image, truth))
    return targets, scores
