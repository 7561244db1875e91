"""
Writes the arrays by which a model package tests itself: what the network is fed, and what PyTorch makes of it.

    python3 makeTestArrays.py PACKAGE VOLUME.json

testInput.npy (3, 2, 64, 80), testOutput.npy (1, 1, 64, 80), sampleInput.npy (3, 2, 128, 128) and
cover.png: the nearest measured plane, linear interpolation, the network, and the noise-free truth.
"""

import sys
from pathlib import Path

import numpy
from PIL import Image

from evaluate import SPACING_UM, load_network
from evaluation import interpolate, reconstruct, simulated_inputs
from runGraph import run_graph
from trainingData import DPM_UNIT_UM, paper_normalisation, read_volume


def network_input(volume, inputs, target):
    offset, scale = paper_normalisation(volume.noisy[inputs])
    order = sorted(inputs, key=lambda z: -abs(target - z))
    block = [
        numpy.stack(
            [
                (volume.noisy[z] - offset) / scale,
                numpy.full(volume.noisy.shape[1:], (target - z) * volume.step_um / DPM_UNIT_UM),
            ]
        )
        for z in order
    ]
    return numpy.stack(block).astype("<f4")


def main():
    package, volume = Path(sys.argv[1]), read_volume(sys.argv[2])
    inputs, targets = simulated_inputs(volume, SPACING_UM)
    target = targets[len(targets) // 4]
    sample = network_input(volume, inputs, target)
    numpy.save(package / "sampleInput.npy", sample)
    test = numpy.ascontiguousarray(sample[:, :, 32:96, 24:104])
    numpy.save(package / "testInput.npy", test)
    output = run_graph(package / "graph.json", package / "weights.safetensors", test)
    numpy.save(package / "testOutput.npy", output)
    z_um = numpy.arange(len(volume.noisy)) * volume.step_um
    pictures = [
        interpolate(volume.noisy, z_um, inputs, z_um[target], "nearest"),
        interpolate(volume.noisy, z_um, inputs, z_um[target], "linear"),
        reconstruct(load_network(package), volume.noisy, z_um, inputs, z_um[target]),
        volume.clean[target],
    ]
    row = numpy.concatenate([numpy.pad(picture, 2) for picture in pictures], 1)
    grey = (255 * numpy.clip(row / max(1e-6, volume.clean[target].max()), 0, 1)).astype("u1")
    Image.fromarray(grey).resize((2 * row.shape[1], 2 * row.shape[0])).save(package / "cover.png")


if __name__ == "__main__":
    main()
