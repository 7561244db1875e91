"""Opens a TIFF with tifffile, writes its samples to a file (t, c, z, y, x; little-endian), prints JSON about it."""

import json
import sys

import numpy
import tifffile

path, raw = sys.argv[1:]
with tifffile.TiffFile(path) as tif:
    series = tif.series[0]
    samples = series.asarray()
    for axis in "TCZ":
        if axis not in series.axes:
            samples = samples[numpy.newaxis]
    axes = "".join(axis for axis in "ZCT" if axis not in series.axes) + series.axes
    samples = samples.transpose([axes.index(axis) for axis in "TCZYX"])
    samples.astype(samples.dtype.newbyteorder("<")).tofile(raw)
    page = tif.pages[0]
    about = {
        "shape": dict(zip("tczyx", samples.shape)),
        "pixelType": samples.dtype.name,
        "isBig": tif.is_bigtiff,
        "isOme": tif.is_ome,
        "isImageJ": tif.is_imagej,
        "byteOrder": tif.byteorder,
        "pages": len(tif.pages),
        "resolution": page.tags["XResolution"].value + page.tags["YResolution"].value,
        "resolutionUnit": int(page.tags["ResolutionUnit"].value),
        "predictor": int(page.predictor),
    }
    if tif.is_ome:
        about["omeXml"] = tif.ome_metadata
        pixels = tifffile.xml2dict(tif.ome_metadata)["OME"]["Image"]["Pixels"]
        about["physical"] = [pixels.get("PhysicalSize" + axis) for axis in "XYZ"]
        channels = pixels["Channel"]
        channels = channels if isinstance(channels, list) else [channels]
        about["channelNames"] = [channel.get("Name") for channel in channels]
    if tif.is_imagej:
        metadata = tif.imagej_metadata
        about["unit"] = metadata.get("unit")
        about["spacing"] = metadata.get("spacing")
        about["frameInterval"] = metadata.get("finterval")
        labels = metadata.get("Labels")
        about["labels"] = [labels] if isinstance(labels, str) else labels
        about["info"] = metadata.get("Info")
print(json.dumps(about))
