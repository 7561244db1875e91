"""What scipy, scikit-image, Pillow and numpy make of the planes in a file.

Called with a job, a folder and a JSON document of its details. Reads planes.raw (little-endian
float32) and writes expected.raw (float64).
"""
import json
import sys

import numpy
from PIL import Image
from scipy import ndimage
from skimage.transform import downscale_local_mean, resize

PILLOW = {
    'nearest': Image.Resampling.NEAREST,
    'linear': Image.Resampling.BILINEAR,
    'cubic': Image.Resampling.BICUBIC,
}


def blur(planes, sigmas):
    return [
        ndimage.gaussian_filter(planes[0].astype(float), sigma, mode='nearest', truncate=4)
        for sigma in sigmas
    ]


def median(planes, reaches):
    results = []
    for reach in reaches:
        radius = len(reach) - 1
        widest = max(reach)
        footprint = numpy.zeros((2 * radius + 1, 2 * widest + 1), bool)
        for dy in range(-radius, radius + 1):
            half = reach[abs(dy)]
            footprint[dy + radius, widest - half:widest + half + 1] = True
        results.append(ndimage.median_filter(planes[0], footprint=footprint, mode='nearest'))
    return results


def scale(planes, sizes, interpolation):
    image = Image.fromarray(planes[0], mode='F')
    return [numpy.asarray(image.resize(size, PILLOW[interpolation])) for size in sizes]


def enlarge(planes, sizes):
    return [
        resize(planes[0].astype(float), size[::-1], order=1, mode='edge', anti_aliasing=False)
        for size in sizes
    ]


def local_mean(planes, blocks):
    return [downscale_local_mean(planes[0].astype(float), tuple(block[::-1])) for block in blocks]


def project(planes):
    planes = planes.astype(float)
    return [
        planes.max(0), planes.min(0), planes.mean(0), planes.sum(0), planes.std(0, ddof=1),
        numpy.median(planes, 0),
    ]


JOBS = {job.__name__: job for job in (blur, median, scale, enlarge, local_mean, project)}

name, folder, details = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
stack = numpy.fromfile(f'{folder}/planes.raw', '<f4').reshape(details.pop('shape'))
found = JOBS[name](stack, **details)
numpy.concatenate([numpy.asarray(one, '<f8').ravel() for one in found]).tofile(f'{folder}/expected.raw')
print('null')
