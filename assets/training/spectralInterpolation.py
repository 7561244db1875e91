"""Spectral interpolation along z, as core/reconstruct/spectral computes it; see there for what and why."""

import json
from functools import lru_cache
from pathlib import Path

import numpy

RINGS, MARGIN_PX, MISFIT, FEWEST, ROUNDING = 48, 32, 0.01, 32, 1e-9


class SpectralInterpolation:
    """The most likely plane at a height, given how alike planes are (`correlation`: reachUm, values)."""

    def __init__(self, correlation):
        self.correlation = correlation
        self.reach_um = correlation["reachUm"]
        self.values = numpy.asarray(correlation["values"])

    def __call__(self, images, z_um, target_um):
        """Images (m, y, x) in any order; returns (y, x)."""
        images = numpy.nan_to_num(numpy.asarray(images, "f4"), nan=0, posinf=0, neginf=0)
        means = images.mean((1, 2))
        spectra, (height, width), (top, left) = mirrored_spectra(images - means[:, None, None])
        ring, counts, low, share = rings(height, width)
        power = numpy.bincount(ring, (numpy.abs(spectra) ** 2).mean(0), RINGS)
        power = power / numpy.maximum(counts, 1)
        noise = power[counts >= FEWEST].min() if (counts >= FEWEST).any() else power.min()
        weights = self.weights(z_um, target_um, power, noise)
        total = sum(
            spectrum * (weight[low] * (1 - share) + weight[low + 1] * share)
            for spectrum, weight in zip(spectra, weights)
        )
        plane = numpy.fft.irfft2(total.reshape(height, -1), (height, width))
        plane = plane[top : top + images.shape[1], left : left + images.shape[2]]
        return (plane + interpolated_mean(z_um, means, target_um)).astype("f4")

    def weights(self, z_um, target_um, power, noise):
        """For each input its weight in the middle of each ring, (m, ring)."""
        signal = numpy.maximum(power - noise, 1e-9 * power + 1e-30)
        alike = [[self.correlation_at(one - other) for other in z_um] for one in z_um]
        covariance = numpy.transpose(alike, (2, 0, 1)) * signal[:, None, None]
        added = (noise + MISFIT * signal)[:, None, None] * numpy.eye(len(z_um))
        wanted = numpy.stack([self.correlation_at(target_um - one) for one in z_um]).T
        wanted = wanted * signal[:, None]
        return numpy.linalg.solve(covariance + added, wanted[..., None])[..., 0].T.astype("f4")

    def correlation_at(self, distance_um):
        last = self.values.shape[1] - 1
        position = min(abs(distance_um) / self.reach_um * last, last)
        column = min(int(position), last - 1)
        share = position - column
        return self.values[:, column] * (1 - share) + self.values[:, column + 1] * share


def read_interpolation(package):
    """The interpolation of a package, `None` where its network sees measured planes alone."""
    path = Path(package) / "planeCorrelation.json"
    return SpectralInterpolation(json.loads(path.read_text())) if path.exists() else None


def mirrored_spectra(images):
    """Spectra (m, frequencies) of images continued by reflection, their size, and where the images begin."""
    size = [good_length(side + 2 * MARGIN_PX) for side in images.shape[1:]]
    start = [(padded - side) // 2 for padded, side in zip(size, images.shape[1:])]
    rows, columns = (
        reflected(numpy.arange(padded) - first, side)
        for padded, first, side in zip(size, start, images.shape[1:])
    )
    spectra = numpy.fft.rfft2(images[:, rows][:, :, columns]).astype("c8")
    return spectra.reshape(len(images), -1), size, start


@lru_cache(maxsize=8)
def rings(height, width):
    """Ring of each frequency, frequencies in each ring, and between which rings' middles each lies."""
    frequency = numpy.hypot(numpy.fft.fftfreq(height)[:, None], numpy.fft.rfftfreq(width)[None])
    position = numpy.minimum(frequency.ravel() / numpy.sqrt(0.5) * RINGS + ROUNDING, RINGS - 1e-6)
    ring = position.astype(int)
    between = numpy.clip(position - 0.5, 0, RINGS - 1.0001)
    low = between.astype(int)
    return ring, numpy.bincount(ring, minlength=RINGS), low, (between - low).astype("f4")


def interpolated_mean(z_um, means, target_um):
    order = numpy.argsort(z_um)
    return numpy.interp(target_um, numpy.asarray(z_um)[order], means[order])


def reflected(index, length):
    if length == 1:
        return index * 0
    phase = index % (2 * (length - 1))
    return numpy.where(phase < length, phase, 2 * (length - 1) - phase)


def good_length(at_least):
    """The smallest even length without prime factors above 5."""
    length = 2 * -(-at_least // 2)
    while rest_of(length) != 1:
        length += 2
    return length


def rest_of(length):
    for prime in (2, 3, 5):
        while length % prime == 0:
            length //= prime
    return length
