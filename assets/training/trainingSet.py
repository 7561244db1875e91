"""What makeTrainingSet.ts prepared: regions of stacks, and the batches that were drawn from them."""

import json
from pathlib import Path

import numpy

from spectralInterpolation import SpectralInterpolation

# The distance that a digital propagation matrix calls 1.
DPM_UNIT_UM = 10


class Region:
    """One region of a stack: measured and noise-free planes, both (z, y, x) and normalised alike, on disk."""

    def __init__(self, folder, about):
        shape = (2 if about["truth"] else 1, *about["shape"])
        planes = numpy.memmap(folder / about["file"], "<f4", "r", shape=shape)
        # What was measured is the truth of itself where no other is known.
        self.noisy, self.clean = planes[0], planes[-1]
        self.step_um = about["zStepUm"]


class TrainingSet:
    """
    Gives batch after batch, from the first again after the last. `target` names what a network is
    compared with, "noisy" or "clean". `position` is the number of the next batch.
    """

    def __init__(self, folder, target):
        folder = Path(folder)
        self.about = json.loads((folder / "set.json").read_text())
        self.regions = [Region(folder, about) for about in self.about["regions"]]
        self.batches = (folder / "batches.jsonl").read_text().splitlines()
        correlation = self.about.get("correlation")
        self.interpolation = SpectralInterpolation(correlation) if correlation else None
        self.fits = self.about["task"].get("fitted", {"fits": []})["fits"]
        self.folder, self.target, self.position = folder, target, 0

    def next(self):
        """Inputs (m, batch, 2, y, x) and targets (batch, 1, y, x)."""
        examples = json.loads(self.batches[self.position % len(self.batches)])
        self.position += 1
        pairs = [self.example(about) for about in examples]
        return numpy.stack([pair[0] for pair in pairs], 1), numpy.stack([pair[1] for pair in pairs])

    def example(self, about):
        region, target = self.regions[about["volume"]], about["target"]
        side = self.about["task"]["cropPx"]
        top, left = about["top"], about["left"]

        def prepare(planes, z):
            plane = numpy.rot90(planes[z, top : top + side, left : left + side], about["turns"])
            plane = plane[::-1] if about["flipped"] else plane
            return (plane * about["gain"] + about["shift"]).astype("f4")

        inputs = [
            numpy.stack([image, numpy.full_like(image, (target - z) * region.step_um / DPM_UNIT_UM)])
            for z, image in ((z, prepare(region.noisy, z)) for z in about["inputs"])
        ]
        made = []
        for fit in self.fits:
            planes = self.fitted(fit["model"], about["fitted"]["scene"], region.noisy.shape[1:])
            made.append(prepare(planes, about["fitted"]["target"]))
        if self.interpolation:
            chosen, step_um = list(about["inputs"]), region.step_um
            z_um = [z * step_um for z in chosen]
            likely = self.interpolation(region.noisy[chosen], z_um, target * step_um)
            made.append(prepare(likely[None], 0))
        inputs += [numpy.stack([image, numpy.zeros_like(image)]) for image in made]
        return numpy.stack(inputs), prepare(getattr(region, self.target), target)[None]

    def fitted(self, model, scene, size):
        """Planes (target, y, x) of the specimen that was fitted to a scene."""
        path = self.folder / f"scene-{scene}.{model}.raw"
        return numpy.memmap(path, "<f4", "r").reshape(-1, *size)
