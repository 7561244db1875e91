"""Offset and scale of a stack as the papers define them."""

import numpy
from scipy import ndimage

FOREGROUND_PERCENTILE = 99


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
