"""The other side of network.bench.ts: torchNetwork.py GRAPH.json WEIGHTS.safetensors THREADS, in eval
mode and without gradients. Each line "COUNT SIDE" on standard input runs the network on that many
square images and prints seconds of processor time, seconds on the clock, and the peak memory in bytes."""

import resource
import sys
import time

import torch

sys.path.insert(0, "assets/training")
import safetensors
from graphModule import GraphModule, load_graph

torch.set_num_threads(int(sys.argv[3]))
network = GraphModule(load_graph(sys.argv[1])).eval()
network.load_named_weights(safetensors.load(sys.argv[2]))
for line in sys.stdin:
    count, side = (int(text) for text in line.split())
    images = torch.rand(count, 1, 2, side, side)
    start, processor = time.perf_counter(), time.process_time()
    with torch.inference_mode():
        network(images)
    seconds = time.process_time() - processor, time.perf_counter() - start
    print(*seconds, 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, flush=True)
