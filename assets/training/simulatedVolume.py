"""Simulated stacks of makeTrainingData.ts, to judge networks by."""

import json
from pathlib import Path

import numpy

from normalisation import paper_normalisation

TYPES = {"uint16": "<u2", "float32": "<f4"}


class Volume:
    """One simulated stack: noisy planes, noise-free planes, both (z, y, x) and normalised alike."""

    def __init__(self, noisy, clean, step_um):
        offset, scale = paper_normalisation(noisy)
        self.noisy = ((noisy - offset) / scale).astype(numpy.float32)
        self.clean = ((clean - offset) / scale).astype(numpy.float32)
        self.step_um = step_um


def read_volume(path):
    """The volume that makeTrainingData.ts described in `path`; both parts are in grey levels."""
    about = json.loads(Path(path).read_text())
    noisy, clean = (
        numpy.fromfile(Path(path).with_name(about[part]["file"]), TYPES[about[part]["type"]])
        for part in ("noisy", "clean")
    )
    shape = tuple(about["shape"])
    return Volume(noisy.reshape(shape).astype("f4"), clean.reshape(shape), about["zStepUm"])


def read_volumes(folder):
    """All volumes of a folder, in the order of their names."""
    return [read_volume(path) for path in sorted(Path(folder).glob("volume-*.json"))]
