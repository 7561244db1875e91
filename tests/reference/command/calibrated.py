"""Writes OME-TIFFs with everything stated ("write FOLDER"), or says what OME-TIFFs state ("read FILE...")."""

import json
import sys

import numpy
import tifffile

SHAPE = (3, 2, 5, 16, 20)
UNEVEN_UM = (10, 10.3, 10.7, 11.5, 11.8)
CHANNELS = (("DAPI", 405, 461), ("GFP", 488, 509))


def xml(name, even):
    t, c, z, y, x = SHAPE
    channels = "".join(
        f'<Channel ID="Channel:0:{i}" Name="{channel}" SamplesPerPixel="1"'
        f' ExcitationWavelength="{excitation}" ExcitationWavelengthUnit="nm"'
        f' EmissionWavelength="{emission}" EmissionWavelengthUnit="nm"/>'
        for i, (channel, excitation, emission) in enumerate(CHANNELS)
    )
    planes = "".join(
        f'<Plane TheZ="{k}" TheC="{j}" TheT="{i}" PositionZ="{UNEVEN_UM[k]}" PositionZUnit="µm"/>'
        for i in range(t)
        for j in range(c)
        for k in range(z)
    )
    step = 'PhysicalSizeZ="0.3" PhysicalSizeZUnit="µm"' if even else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06">'
        '<Instrument ID="Instrument:0"><Objective ID="Objective:0" LensNA="1.4"'
        ' NominalMagnification="63" Immersion="Oil"/></Instrument>'
        f'<Image ID="Image:0" Name="{name}"><InstrumentRef ID="Instrument:0"/>'
        '<ObjectiveSettings ID="Objective:0" RefractiveIndex="1.518"/>'
        f'<Pixels ID="Pixels:0" DimensionOrder="XYZCT" Type="uint16" SizeX="{x}" SizeY="{y}"'
        f' SizeZ="{z}" SizeC="{c}" SizeT="{t}" PhysicalSizeX="0.1" PhysicalSizeXUnit="µm"'
        f' PhysicalSizeY="120" PhysicalSizeYUnit="nm" {step}'
        ' TimeIncrement="2500" TimeIncrementUnit="ms">'
        f'{channels}<TiffData IFD="0" PlaneCount="{t * c * z}"/>{"" if even else planes}'
        "</Pixels></Image></OME>"
    )


def write(folder):
    rng = numpy.random.default_rng(1)
    rows, columns = numpy.mgrid[: SHAPE[3], : SHAPE[4]]
    blob = 900 * numpy.exp(-((rows - 8) ** 2 + (columns - 9) ** 2) / 12)
    pixels = (100 + blob + rng.integers(0, 20, SHAPE)).astype(numpy.uint16)
    for name in ("even", "uneven"):
        description = xml(name, name == "even").encode()
        tifffile.imwrite(
            f"{folder}/{name}.ome.tif",
            pixels.reshape(-1, *SHAPE[3:]),
            description=description,
            photometric="minisblack",
            metadata=None,
        )


def listed(value):
    return [] if value is None else value if isinstance(value, list) else [value]


def facts(path):
    with tifffile.TiffFile(path) as tif:
        document = tifffile.xml2dict(tif.ome_metadata)["OME"]
        shape = dict(zip(tif.series[0].axes.lower(), tif.series[0].shape))
    image = document["Image"]
    pixels = image["Pixels"]
    first = [p for p in listed(pixels.get("Plane")) if p["TheC"] == 0 and p["TheT"] == 0]
    objective = document.get("Instrument", {}).get("Objective", {})
    annotation = document["StructuredAnnotations"]["XMLAnnotation"]["Value"]["Axial"]
    return {
        "shape": {axis: shape.get(axis, 1) for axis in "tczyx"},
        "pixelSizeUm": [pixels.get("PhysicalSize" + axis) for axis in "XYZ"],
        "zPositionsUm": [p["PositionZ"] for p in sorted(first, key=lambda p: p["TheZ"])] or None,
        "timeStepS": pixels.get("TimeIncrement"),
        "channels": [
            [c.get("Name"), c.get("ExcitationWavelength"), c.get("EmissionWavelength")]
            for c in listed(pixels["Channel"])
        ],
        "objective": [
            objective.get("LensNA"),
            objective.get("NominalMagnification"),
            objective.get("Immersion"),
            image.get("ObjectiveSettings", {}).get("RefractiveIndex"),
        ],
        "history": annotation.get("History"),
        "pinholesUm": [c.get("PinholeSize") for c in listed(pixels["Channel"])],
    }


if sys.argv[1] == "write":
    write(sys.argv[2])
    print("null")
else:
    print(json.dumps({path: facts(path) for path in sys.argv[2:]}))
