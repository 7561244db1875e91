"""Simulated stacks of makeTrainingData.ts, to judge networks by."""

import json
from pathlib import Path

import numpy

from normalisation import paper_normalisation

TYPES = {"uint16": "<u2", "float32": "<f4"}
# Of what specimens are made that were fitted: layers, grains or balls of light.
FITTED_MODELS = ("layers", "grains", "points")


class Volume:
    """
    One stack: noisy planes, noise-free planes, both (z, y, x) and normalised alike. `fitted` holds, by model, inputs
    in rising order and target, planes of specimens that were fitted to the inputs.
    """

    def __init__(self, noisy, clean, step_um, fitted=None):
        offset, scale = paper_normalisation(noisy)
        normalised = lambda planes: ((planes - offset) / scale).astype(numpy.float32)
        self.noisy, self.clean, self.step_um = normalised(noisy), normalised(clean), step_um
        self.fitted = {place: normalised(plane) for place, plane in (fitted or {}).items()}

    @property
    def z_um(self):
        return numpy.arange(len(self.noisy)) * self.step_um


def read_volume(path):
    """The volume that makeTrainingData.ts described in `path`; both parts are in grey levels."""
    about = json.loads(Path(path).read_text())
    noisy, clean = (
        numpy.fromfile(Path(path).with_name(about[part]["file"]), TYPES[about[part]["type"]])
        for part in ("noisy", "clean")
    )
    shape = tuple(about["shape"])
    noisy = noisy.reshape(shape).astype("f4")
    return Volume(noisy, clean.reshape(shape), about["zStepUm"], read_fitted(path, shape[1:]))


def read_fitted(path, size):
    """What makeFittedPlanes.ts put beside a volume."""
    fitted = {}
    for model in FITTED_MODELS:
        about = Path(path).with_suffix(f".{model}.json")
        if not about.exists():
            continue
        planes = numpy.fromfile(about.with_suffix(".raw"), "<f4").reshape(-1, *size)
        places = [
            (model, tuple(scene["inputs"]), target)
            for scene in json.loads(about.read_text())
            for target in scene["targets"]
        ]
        fitted.update(zip(places, planes))
    return fitted


def read_volumes(folder):
    """All volumes of a folder, in the order of their names."""
    return [read_volume(path) for path in sorted(Path(folder).glob("volume-*[0-9].json"))]
