"""Thresholds of 16-bit images with a class for each level, written in numpy from the published rules.

Arguments: raw files of uint16. Prints for each image the last level of the background: by each method
as Fiji's Auto Threshold states it, and "matlab", the triangle of File Exchange 28047.
"""
import json
import sys

import numpy


def triangle(counts):
    """Foot: the empty bin beside the longer tail, as far as there is one. Answer: the bin before the farthest."""
    filled = numpy.flatnonzero(counts)
    left = max(filled[0] - 1, 0)
    right = min(filled[-1] + 1, counts.size - 1)
    peak = int(counts.argmax())
    reversed_ = peak - left < right - peak
    if reversed_:
        counts, left, peak = counts[::-1], counts.size - 1 - right, counts.size - 1 - peak
    if left == peak:
        return counts.size - 1 - left if reversed_ else left
    bins = numpy.arange(left, peak + 1)
    height, width = float(counts[peak]), float(peak - left)
    line = height / numpy.hypot(height, width), -width / numpy.hypot(height, width)
    distance = line[0] * bins + line[1] * counts[left:peak + 1] - (line[0] * left + line[1] * counts[left])
    farthest = int(distance.argmax()) if distance.max() > 0 else 0
    split = left + farthest - 1
    return counts.size - 1 - split if reversed_ else split


def otsu(counts):
    """Largest variance between the groups, both ends left out; of equal ones the last."""
    bins = numpy.arange(counts.size, dtype=float)
    size, moment = numpy.cumsum(counts), numpy.cumsum(bins * counts)
    split = numpy.arange(1, counts.size - 1)
    product = size[split] * (size[-1] - size[split])
    apart = size[split] / size[-1] * moment[-1] - moment[split]
    variance = numpy.divide(apart ** 2, product, out=numpy.zeros(split.size), where=product > 0)
    return int(split[variance >= variance.max()][-1]) if split.size and variance.max() > 0 else 0


def li(counts):
    """Iteration from the mean; each threshold is rounded."""
    bins = numpy.arange(counts.size)
    following = numpy.average(bins, weights=counts)
    while True:
        current = following
        split = int(current + 0.5)
        dark, bright = bins <= split, bins > split
        below = numpy.average(bins[dark], weights=counts[dark]) if counts[dark].any() else 0.0
        above = numpy.average(bins[bright], weights=counts[bright]) if counts[bright].any() else 0.0
        with numpy.errstate(divide='ignore'):
            following = int((below - above) / (numpy.log(below) - numpy.log(above)) + 0.5)
        if abs(following - current) <= 0.5:
            return split


def huang(counts):
    """Least fuzzy split; the means of the groups are whole levels. Empty levels add nothing."""
    bins = numpy.flatnonzero(counts)
    distances = numpy.arange(1, counts.size)
    certain = 1 / (1 + distances / (counts.size - 1))
    doubt = numpy.append(0, -certain * numpy.log(certain) - (1 - certain) * numpy.log(1 - certain))
    counts = counts[bins]
    size, moment = numpy.cumsum(counts), numpy.cumsum(bins * counts)
    best, least = 0, numpy.inf
    for i in range(bins.size):
        mean = numpy.full(bins.size, int(moment[i] / size[i] + 0.5))
        if i + 1 < bins.size:
            mean[i + 1:] = int((moment[-1] - moment[i]) / (size[-1] - size[i]) + 0.5)
        # Summed one by one: among splits that are equally good, rounding chooses.
        fuzzy = numpy.cumsum(doubt[numpy.abs(bins - mean)] * counts)[-1]
        if fuzzy < least:
            best, least = bins[i], fuzzy
    return best


def yen(counts):
    """Largest entropic correlation, if any is positive."""
    share = counts / counts.sum()
    below, squares = numpy.cumsum(share), numpy.cumsum(share ** 2)
    above = numpy.append(numpy.cumsum(share[:0:-1] ** 2)[::-1], 0)
    logarithm = lambda values: numpy.log(values, out=numpy.zeros(values.size), where=values > 0)
    criterion = 2 * logarithm(below * (1 - below)) - logarithm(squares * above)
    return int(criterion.argmax()) if criterion.max() > 0 else -1


def mean(counts):
    return int(numpy.average(numpy.arange(counts.size), weights=counts))


def percentile(counts):
    return int(numpy.abs(numpy.cumsum(counts) / counts.sum() - 0.5).argmin())


def matlab(counts):
    """Both tails end at a ten-thousandth of the peak; perpendicular distances; equal ones averaged."""
    peak = int(counts.argmax())
    tails = numpy.flatnonzero(counts > counts[peak] / 10000)
    first, last = tails[0], tails[-1]
    if first == last:
        return float(first)
    flipped = last - peak > peak - first
    if flipped:
        counts, peak, first = counts[::-1], counts.size - 1 - peak, counts.size - 1 - last
    slope = counts[peak] / (peak - first)
    along = numpy.arange(peak - first + 1)
    height = counts[first:peak + 1]
    foot = (height + along / slope) / (slope + 1 / slope)
    distance = numpy.sqrt((slope * foot - height) ** 2 + (foot - along) ** 2)
    farthest = numpy.flatnonzero(distance == distance.max()).mean()
    # Counted from 1 in the original, which returns level = place / number of bins.
    place = first + 1 + farthest + 1
    return float(counts.size - place + 1 if flipped else place)


METHODS = (triangle, otsu, li, huang, yen, mean, percentile, matlab)

answers = []
for path in sys.argv[1:]:
    pixels = numpy.fromfile(path, '<u2')
    lowest = int(pixels.min())
    counts = numpy.bincount(pixels - lowest).astype(float)
    answers.append({method.__name__: lowest + float(method(counts)) for method in METHODS})
print(json.dumps(answers))
