"""Normalisation figures in numpy, from the wording of the papers and of the Deep-Z plugin.

Arguments: for each all-in-focus image a raw file of float32 and its threshold; prints offset, scale and
the normalised image's share of the foreground above 1 for each method.
"""
import json
import sys

import numpy


def figures(image, threshold):
    bright = image > threshold
    background = image[~bright].mean()
    paper = (background, numpy.percentile(image[bright] - background, 99))
    ordered = numpy.sort(image[bright])
    plugin = (numpy.median(image), ordered[int(numpy.floor(0.99 * ordered.size))])
    return {
        name: {
            'offset': offset,
            'scale': scale,
            'above': float(((image[bright] - offset) / scale > 1).mean()),
            'background': float(((image[~bright] - offset) / scale).mean()),
        }
        for name, (offset, scale) in {'paper': paper, 'plugin': plugin}.items()
    }


print(json.dumps([
    figures(numpy.fromfile(path, '<f4').astype(float), float(threshold))
    for path, threshold in zip(sys.argv[1::2], sys.argv[2::2])
], default=float))
