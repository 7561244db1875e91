"""Answers one job about registration with pystackreg and scipy.

usage: registrationReference.py JOB FOLDER ARGUMENTS (a JSON document); prints a JSON document.

tiff      path                        writes the planes of a TIFF as planes.raw (float32)
register  planes.raw; model, pairs    matrices (reference -> moving pixels) of pystackreg
judge     planes.raw; pairs, matrices mean squared difference over the overlap, both directions
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
    }
    planes = load(folder, shape)
    return [StackReg(models[model]).register(planes[a], planes[b]).tolist() for a, b in pairs]


def sample(plane, matrix, height, width):
    """Values under a transform, and where its positions round to a pixel of the plane."""
    from scipy.ndimage import map_coordinates

    y, x = np.mgrid[:height, :width].astype(float)
    u = matrix[0, 0] * x + matrix[0, 1] * y + matrix[0, 2]
    v = matrix[1, 0] * x + matrix[1, 1] * y + matrix[1, 2]
    column, row = np.floor(u + 0.5), np.floor(v + 0.5)
    rows, columns = plane.shape
    inside = (column >= 0) & (column < columns) & (row >= 0) & (row < rows)
    values = np.zeros((height, width))
    values[inside] = map_coordinates(plane, [v[inside], u[inside]], order=3, mode="reflect")
    return values, inside


def difference(fixed, moving, matrix):
    values, inside = sample(moving, matrix, *fixed.shape)
    return float(((values - fixed)[inside] ** 2).mean())


def judge(folder, shape, pairs, matrices):
    planes = load(folder, shape)[:, :-1, :-1]
    return [
        [
            difference(planes[a], planes[b], np.array(matrix)),
            difference(planes[b], planes[a], np.linalg.inv(np.array(matrix))),
        ]
        for (a, b), matrix in zip(pairs, matrices)
    ]


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
