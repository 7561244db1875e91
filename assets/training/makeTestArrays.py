"""
Writes the arrays by which a model package tests itself: what the network is fed, and what PyTorch makes of it.

    python3 makeTestArrays.py PACKAGE VOLUME.json SPACING_UM

testInput.npy (m, 2, 64, 80), testOutput.npy (1, 1, 64, 80), sampleInput.npy (m, 2, 128, 128) and
cover.png: the nearest measured plane, linear interpolation, the network, and the noise-free truth. m is 3, or
1 for a network that takes one image.
"""

import sys
from pathlib import Path

import numpy
from PIL import Image

from evaluate import load_network
from evaluation import interpolation_cases, network_input, reconstruct, simulated_inputs, usual_inputs
from runGraph import run_graph
from simulatedVolume import read_volume


def main():
    package, volume = Path(sys.argv[1]), read_volume(sys.argv[2])
    network = load_network(package)
    inputs, targets = simulated_inputs(volume, float(sys.argv[3]))
    target = targets[len(targets) // 4]
    near = sorted(inputs, key=lambda z: abs(target - z))[: usual_inputs(network)]
    sample, _, _ = network_input(network, volume, near, target)
    sample = numpy.ascontiguousarray(sample[..., :128, :128])
    numpy.save(package / "sampleInput.npy", sample)
    test = numpy.ascontiguousarray(sample[:, :, 32:96, 24:104])
    numpy.save(package / "testInput.npy", test)
    output = run_graph(package / "graph.json", package / "weights.safetensors", test)
    numpy.save(package / "testOutput.npy", output)
    cases = interpolation_cases()
    pictures = [
        cases["nearest"](volume, inputs, target),
        cases["linear"](volume, inputs, target),
        reconstruct(network, volume, near, target),
        volume.clean[target],
    ]
    row = numpy.concatenate([numpy.pad(picture[:128, :128], 2) for picture in pictures], 1)
    grey = (255 * numpy.clip(row / max(1e-6, volume.clean[target].max()), 0, 1)).astype("u1")
    Image.fromarray(grey).resize((2 * row.shape[1], 2 * row.shape[0])).save(package / "cover.png")


if __name__ == "__main__":
    main()
