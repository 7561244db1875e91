"""
Runs a graph with PyTorch on a stored block of images.

    python3 runGraph.py GRAPH.json WEIGHTS.safetensors IMAGES.npy PLANE.npy

IMAGES holds float32 values of axes (m, channel, y, x); PLANE receives (1, channel, y, x).
"""

import sys

import numpy
import torch

import safetensors
from graphModule import GraphModule, load_graph


def run_graph(graph_path, weights_path, images):
    network = GraphModule(load_graph(graph_path)).eval()
    with torch.no_grad():
        network.load_named_weights(safetensors.load(weights_path))
        return network(torch.from_numpy(images)[:, None]).numpy()


if __name__ == "__main__":
    graph_path, weights_path, images_path, plane_path = sys.argv[1:]
    numpy.save(plane_path, run_graph(graph_path, weights_path, numpy.load(images_path)))
