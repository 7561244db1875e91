"""Answers one job about registration with pystackreg and scipy.

usage: registrationReference.py JOB FOLDER ARGUMENTS (a JSON document); prints a JSON document.

tiff      path                        writes the planes of a TIFF as planes.raw (float32)
register  planes.raw; model, pairs    maps (reference -> moving pixels) of pystackreg
judge     planes.raw; pairs, maps     mean squared difference over the overlap, in both directions
                                      where the map has an inverse
resample  planes.raw; matrices        one spline resampling for each matrix, to resampled.raw (float64)
"""

import json
import sys
from pathlib import Path

import numpy as np


def load(folder, shape):
    return np.fromfile(folder / "planes.raw", "<f4").reshape(shape).astype(float)


def tiff(folder, path):
    import tifffile

    planes = tifffile.imread(path)
    planes.astype("<f4").tofile(folder / "planes.raw")
    return {"shape": list(planes.shape)}


def register(folder, shape, model, pairs):
    from pystackreg import StackReg

    models = {
        "translation": StackReg.TRANSLATION,
        "rigid": StackReg.RIGID_BODY,
        "scaled-rotation": StackReg.SCALED_ROTATION,
        "affine": StackReg.AFFINE,
        "bilinear": StackReg.BILINEAR,
    }
    planes = load(folder, shape)
    return [as_map(StackReg(models[model]).register(planes[a], planes[b])) for a, b in pairs]


def as_map(matrix):
    """An affine matrix, and for bilinear maps the weights of x y, as the program under test has them."""
    if len(matrix) == 3:
        return {"matrix": matrix.tolist()}
    affine = np.eye(3)
    affine[:2] = matrix[:2][:, [0, 1, 3]]
    return {"matrix": affine.tolist(), "xy": matrix[:2, 2].tolist()}


def sample(plane, matrix, height, width, product=(0, 0)):
    """Values under a transform, and where its positions round to a pixel of the plane."""
    from scipy.ndimage import map_coordinates

    y, x = np.mgrid[:height, :width].astype(float)
    u = matrix[0, 0] * x + matrix[0, 1] * y + matrix[0, 2] + product[0] * x * y
    v = matrix[1, 0] * x + matrix[1, 1] * y + matrix[1, 2] + product[1] * x * y
    column, row = np.floor(u + 0.5), np.floor(v + 0.5)
    rows, columns = plane.shape
    inside = (column >= 0) & (column < columns) & (row >= 0) & (row < rows)
    values = np.zeros((height, width))
    values[inside] = map_coordinates(plane, [v[inside], u[inside]], order=3, mode="reflect")
    return values, inside


def difference(fixed, moving, matrix, product=(0, 0)):
    values, inside = sample(moving, matrix, *fixed.shape, product)
    return float(((values - fixed)[inside] ** 2).mean())


def differences(fixed, moving, matrix, xy=None, **_):
    matrix = np.array(matrix)
    if xy is not None:
        return [difference(fixed, moving, matrix, xy)]
    return [difference(fixed, moving, matrix), difference(moving, fixed, np.linalg.inv(matrix))]


def judge(folder, shape, pairs, maps):
    planes = load(folder, shape)[:, :-1, :-1]
    return [differences(planes[a], planes[b], **found) for (a, b), found in zip(pairs, maps)]


def resample(folder, shape, matrices):
    planes = load(folder, shape)
    results = [
        sample(plane, np.array(matrix), *plane.shape)[0] for plane, matrix in zip(planes, matrices)
    ]
    np.array(results).astype("<f8").tofile(folder / "resampled.raw")
    return {"count": len(results)}


JOBS = {"tiff": tiff, "register": register, "judge": judge, "resample": resample}

if __name__ == "__main__":
    print(json.dumps(JOBS[sys.argv[1]](Path(sys.argv[2]), **json.loads(sys.argv[3]))))
