"""How many pixels of the image one pixel of each value of a graph spans, as core/network/inferShapes.ts."""

FACTORS = {"maxPool2": 2, "upsample2": 0.5, "upConvolution2": 0.5, "globalAverage": float("inf")}


def value_scales(graph):
    """Scale by value name: 1, 2, 4, …, infinite for a value of one pixel."""
    scales = {graph["input"]["name"]: 1}
    for layer in graph["layers"]:
        source = (layer.get("inputs") or layer.get("sequences") or [layer.get("input")])[0]
        scales[layer["name"]] = scales[source] * FACTORS.get(layer["op"], layer.get("stride", 1))
    return scales
