"""Simulated volumes for training: reading, normalising, and drawing batches from them."""

import json
from pathlib import Path

import numpy
from scipy import ndimage

FOREGROUND_PERCENTILE = 99
DPM_UNIT_UM = 10
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


def paper_normalisation(stack):
    """
    Offset and scale as Deep-Z and Recurrent-MZ define them: mean of the background, and 99th
    percentile of the foreground above it, in an extended-depth-of-field image split by the triangle
    threshold. The application makes that image with complex wavelets (core/focus); here each pixel
    comes from the plane where its neighbourhood varies most. Training shifts and scales every
    batch by more than the two differ.
    """
    fused = fuse_by_variance(stack)
    threshold = triangle_threshold(fused)
    background = fused[fused <= threshold]
    foreground = fused[fused > threshold]
    offset = float(background.mean()) if background.size else float(fused.min())
    bright = foreground if foreground.size else fused
    scale = float(numpy.percentile(bright, FOREGROUND_PERCENTILE)) - offset
    return offset, max(scale, 1e-6)


def fuse_by_variance(stack, side=5):
    stack = numpy.asarray(stack, numpy.float64)
    mean = ndimage.uniform_filter(stack, (0, side, side))
    variance = ndimage.uniform_filter(stack**2, (0, side, side)) - mean**2
    variance = ndimage.gaussian_filter(variance, (0, 2, 2))
    return numpy.take_along_axis(stack, variance.argmax(0)[None], 0)[0]


def triangle_threshold(image, bins=256):
    """Zack, Rogers & Latt 1977: the bin farthest below the line from the peak to the longer tail."""
    counts, edges = numpy.histogram(image, bins)
    filled = numpy.flatnonzero(counts)
    low, high, peak = filled[0], filled[-1], int(counts.argmax())
    flipped = peak - low < high - peak
    if flipped:
        counts, low, peak = counts[::-1], bins - 1 - high, bins - 1 - peak
    if peak == low:
        return float(edges[bins - 1 - peak if flipped else peak])
    position = numpy.arange(low, peak)
    distance = counts[peak] * (position - low) - (peak - low) * counts[position]
    level = int(position[distance.argmax()])
    if flipped:
        level = bins - 1 - level
    return float((edges[level] + edges[level + 1]) / 2)


class BatchMaker:
    """Draws crops, input planes and targets as a recipe says. `M` changes from batch to batch."""

    SPACING_UM = (2.4, 4.4)
    BEYOND_UM = 0.5
    BEYOND_ALONE_UM = 2.2

    def __init__(self, volumes, seed, recipe):
        self.volumes = volumes
        self.random = numpy.random.default_rng(seed)
        self.batch, self.target = recipe.batch, recipe.target
        smallest = min(min(volume.noisy.shape[1:]) for volume in volumes)
        self.crop_px = min(recipe.crop_px, smallest)
        self.counts = list(recipe.input_counts)
        self.odds = list(recipe.input_counts.values())

    def next(self):
        """Inputs (m, batch, 2, y, x) and targets (batch, 1, y, x)."""
        count = int(self.random.choice(self.counts, p=self.odds))
        pairs = [self.example(count) for _ in range(self.batch)]
        inputs = numpy.stack([pair[0] for pair in pairs], 1)
        return inputs, numpy.stack([pair[1] for pair in pairs])

    def example(self, count):
        random = self.random
        volume = self.volumes[random.integers(len(self.volumes))]
        truth = getattr(volume, self.target)
        planes = self.pick_inputs(volume, count)
        target = self.pick_target(volume, planes)
        planes = self.order(planes, target)
        cut = self.pick_crop(volume.noisy.shape)
        turns, flip = random.integers(4), random.integers(2)
        gain = numpy.exp(random.uniform(-0.3, 0.3))
        shift = random.uniform(-0.05, 0.05)

        def prepare(plane):
            plane = numpy.rot90(plane[cut], turns)
            return (plane[::-1] if flip else plane) * gain + shift

        inputs = [
            numpy.stack([image, numpy.full_like(image, (target - z) * volume.step_um / DPM_UNIT_UM)])
            for z, image in ((z, prepare(volume.noisy[z])) for z in planes)
        ]
        return numpy.stack(inputs).astype("f4"), prepare(truth[target])[None].astype("f4")

    def pick_inputs(self, volume, count):
        depth = len(volume.noisy)
        while True:
            gaps = self.random.uniform(*self.SPACING_UM, count - 1) / volume.step_um
            offsets = numpy.concatenate([[0], numpy.cumsum(gaps)]).round().astype(int)
            if offsets[-1] < depth:
                return offsets + self.random.integers(depth - offsets[-1])

    def pick_target(self, volume, planes):
        beyond = self.BEYOND_UM if len(planes) > 1 else self.BEYOND_ALONE_UM
        margin = int(round(beyond / volume.step_um))
        low = max(planes[0] - margin, 0)
        high = min(planes[-1] + margin, len(volume.noisy) - 1)
        return int(self.random.integers(low, high + 1))

    def order(self, planes, target):
        """Half of the time as the application gives them, the nearest last; else any order."""
        if self.random.random() < 0.5:
            return sorted(planes, key=lambda z: -abs(target - z))
        return self.random.permutation(planes)

    def pick_crop(self, shape):
        top, left = (self.random.integers(size - self.crop_px + 1) for size in shape[1:])
        return slice(top, top + self.crop_px), slice(left, left + self.crop_px)
