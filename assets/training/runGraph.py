"""
Runs a graph with PyTorch on a stored block of images.

    python3 runGraph.py GRAPH.json WEIGHTS.safetensors IMAGES.npy PLANE.npy [GRAPH.json …]

IMAGES holds float32 values of axes (m, channel, y, x); PLANE receives (1, channel, y, x).
"""

import sys

import numpy
import torch

import safetensors
from graphModule import GraphModule, load_graph


def run_graph(graph_path, weights_path, images):
    network = GraphModule(load_graph(graph_path)).eval()
    network.load_named_weights(safetensors.load(weights_path))
    with torch.no_grad():
        return network(torch.from_numpy(images)[:, None]).numpy()


if __name__ == "__main__":
    # Any number of graphs at once, because starting PyTorch takes longer than running one.
    arguments = sys.argv[1:]
    for graph_path, weights_path, images_path, plane_path in zip(*[iter(arguments)] * 4):
        numpy.save(plane_path, run_graph(graph_path, weights_path, numpy.load(images_path)))
