"""Writes the TIFFs that readTiff.test.ts reads, and says what is in them.

Usage: readTiff.py FOLDER. Each file NAME.tif has NAME.raw, its samples as little-endian numbers of the
type that Axial gives (uint8, uint16 or float32) in the order t, c, z, y, x; manifest.json lists them.
"""
import json
import pathlib
import sys

import numpy
import tifffile

folder = pathlib.Path(sys.argv[1])
random = numpy.random.default_rng(20)
manifest = []


def samples(dtype, shape):
    kind = numpy.dtype(dtype)
    if kind.kind == 'f':
        return (random.normal(0, 100, shape)).astype(kind)
    info = numpy.iinfo(kind)
    # Smooth enough for predictors to matter, with both ends of the range.
    ramp = numpy.arange(numpy.prod(shape)).reshape(shape) * 7 % 251
    noise = random.integers(info.min, info.max, shape, dtype=kind, endpoint=True)
    return numpy.where(ramp < 200, ramp.astype(kind), noise)


def add(name, stack, expect=None, files=None):
    """stack: array (t, c, z, y, x)."""
    kind = stack.dtype.newbyteorder('=')
    out = kind if kind in (numpy.uint8, numpy.uint16) else numpy.dtype('float32')
    stack.astype(out).astype(out.newbyteorder('<')).tofile(folder / f'{name}.raw')
    manifest.append({
        'name': name, 'file': files or f'{name}.tif', 'pixelType': out.name,
        'shape': dict(zip('tczyx', stack.shape)), 'expect': expect or {},
    })


def as_z(array):
    return array.reshape(1, 1, -1, *array.shape[-2:])


TYPES = ['uint8', 'int8', 'uint16', 'int16', 'uint32', 'int32', 'uint64', 'int64', 'float16', 'float32', 'float64']
COMPRESSIONS = [None, 'lzw', 'zlib', 'adobe_deflate', 'packbits', 'zstd']


def matrix():
    for order in '<>':
        for dtype in TYPES:
            data = samples(dtype, (3, 37, 53))
            for compression in COMPRESSIONS:
                for predictor in (1, 2, 3):
                    if predictor == 3 and data.dtype.kind != 'f' or predictor == 2 and data.dtype.kind == 'f':
                        continue
                    if predictor > 1 and compression in (None, 'packbits'):
                        continue
                    for tile in (None, (16, 32)):
                        name = f'{"le" if order == "<" else "be"}-{dtype}-{compression}-p{predictor}-{"tile" if tile else "strip"}'
                        tifffile.imwrite(
                            folder / f'{name}.tif', data, byteorder=order, compression=compression,
                            predictor=predictor if predictor > 1 else None, tile=tile,
                            rowsperstrip=None if tile else 10, photometric='minisblack',
                            bigtiff=dtype == 'uint16', metadata=None)
                        add(name, as_z(data))


def layouts():
    for planar in ('contig', 'separate'):
        for order in '<>':
            for compression in (None, 'zlib', 'lzw'):
                for tile in (None, (16, 16)):
                    for predictor in (None, 2) if compression else (None,):
                        channel_axis = -1 if planar == 'contig' else -3
                        data = samples('uint16', (2, 3, 21, 34))
                        stored = numpy.moveaxis(data, 1, -1) if planar == 'contig' else data
                        name = f'rgb-{planar}-{"le" if order == "<" else "be"}-{compression}-{"tile" if tile else "strip"}-p{predictor}'
                        tifffile.imwrite(
                            folder / f'{name}.tif', stored, byteorder=order, photometric='rgb',
                            planarconfig=planar, compression=compression, tile=tile, rowsperstrip=None if tile else 8,
                            predictor=predictor, metadata=None)
                        add(name, numpy.swapaxes(data, 0, 1)[None], {'channelNames': ['Red', 'Green', 'Blue']})
    data = samples('uint8', (4, 33, 20))
    tifffile.imwrite(folder / 'whiteiszero.tif', data, photometric='miniswhite', metadata=None)
    add('whiteiszero', as_z(data))
    data = samples('uint16', (5, 12, 9))
    tifffile.imwrite(folder / 'resolution.tif', data, photometric='minisblack', resolution=(1e4 / 0.1, 1e4 / 0.2),
                     resolutionunit='CENTIMETER', metadata=None)
    add('resolution', as_z(data), {'pixelSizeUm': {'x': 0.1, 'y': 0.2, 'z': None}})
    data = samples('uint16', (2, 4, 3, 12, 9))
    tifffile.imwrite(folder / 'shaped.tif', data, photometric='minisblack', metadata={'axes': 'TZCYX'})
    add('shaped', data.transpose(0, 2, 1, 3, 4))
    data = samples('uint16', (6, 1, 1))
    tifffile.imwrite(folder / 'tiny.tif', data, photometric='minisblack', metadata=None)
    add('tiny', as_z(data))


def imagej():
    for order in '<>':
        for dtype in ('uint8', 'uint16', 'float32'):
            data = samples(dtype, (3, 4, 2, 19, 23))
            name = f'imagej-{"le" if order == "<" else "be"}-{dtype}'
            tifffile.imwrite(
                folder / f'{name}.tif', data, imagej=True, byteorder=order, resolution=(1 / 0.065, 1 / 0.065),
                metadata={'axes': 'TZCYX', 'spacing': 0.25, 'unit': 'um', 'finterval': 2.5})
            add(name, data.transpose(0, 2, 1, 3, 4),
                {'pixelSizeUm': {'x': 0.065, 'y': 0.065, 'z': 0.25}, 'timeStepS': 2.5, 'format': 'imagej-tiff'})
    data = samples('uint8', (5, 19, 23, 3))
    tifffile.imwrite(folder / 'imagej-rgb.tif', data, imagej=True, metadata={'axes': 'ZYXS'})
    add('imagej-rgb', data.transpose(3, 0, 1, 2)[None])
    data = samples('uint16', (3, 4, 19, 23))
    tifffile.imwrite(folder / 'imagej-zlib.tif', data, imagej=True, compression='zlib',
                     metadata={'axes': 'ZCYX', 'Labels': [f'ch {c}' for _ in range(3) for c in range(4)]})
    add('imagej-zlib', data.transpose(1, 0, 2, 3)[None], {'channelNames': ['ch 0', 'ch 1', 'ch 2', 'ch 3']})


def ome():
    sizes = {'T': 2, 'C': 3, 'Z': 4}
    for axes in ('TCZ', 'TZC', 'CTZ', 'CZT', 'ZTC', 'ZCT'):
        data = samples('uint16', tuple(sizes[a] for a in axes) + (17, 26))
        name = f'ome-{axes}'
        tifffile.imwrite(
            folder / f'{name}.ome.tif', data, byteorder='>' if axes == 'TZC' else '<', bigtiff=axes == 'CZT',
            compression='zlib' if axes == 'ZCT' else None, photometric='minisblack',
            metadata={'axes': axes + 'YX', 'PhysicalSizeX': 65, 'PhysicalSizeXUnit': 'nm', 'PhysicalSizeY': 0.07,
                      'PhysicalSizeYUnit': 'µm', 'PhysicalSizeZ': 0.3, 'TimeIncrement': 1.5,
                      'Channel': {'Name': ['DAPI', 'FITC', 'Cy5']}})
        order = [axes.index(a) for a in 'TCZ'] + [3, 4]
        add(name, data.transpose(order),
            {'pixelSizeUm': {'x': 0.065, 'y': 0.07, 'z': 0.3}, 'timeStepS': 1.5,
             'channelNames': ['DAPI', 'FITC', 'Cy5'], 'format': 'ome-tiff'}, f'{name}.ome.tif')
    data = samples('uint8', (4, 17, 26, 3))
    tifffile.imwrite(folder / 'ome-rgb.ome.tif', data, photometric='rgb', metadata={'axes': 'ZYXS'})
    add('ome-rgb', data.transpose(3, 0, 1, 2)[None], {}, 'ome-rgb.ome.tif')
    data = samples('uint8', (4, 3, 17, 26))
    tifffile.imwrite(folder / 'ome-planar.ome.tif', data, photometric='rgb', planarconfig='separate',
                     metadata={'axes': 'ZSYX'})
    add('ome-planar', data.transpose(1, 0, 2, 3)[None], {}, 'ome-planar.ome.tif')
    data = samples('float16', (4, 17, 26))
    tifffile.imwrite(folder / 'ome-tiled.ome.tif', data.astype('float32'), tile=(16, 16), compression='zstd',
                     predictor=3, photometric='minisblack', metadata={'axes': 'ZYX'})
    add('ome-tiled', as_z(data.astype('float32')), {}, 'ome-tiled.ome.tif')
    pyramid()


def pyramid():
    data = samples('uint16', (3, 64, 96))
    name = 'ome-pyramid'
    options = {'tile': (32, 32), 'compression': 'zlib', 'photometric': 'minisblack'}
    with tifffile.TiffWriter(folder / f'{name}.ome.tif') as tif:
        tif.write(data, subifds=2, metadata={'axes': 'ZYX'}, **options)
        tif.write(data[:, ::2, ::2], subfiletype=1, **options)
        tif.write(data[:, ::4, ::4], subfiletype=1, **options)
    for level in (1, 2):
        data[:, ::2 ** level, ::2 ** level].astype('<u2').tofile(folder / f'{name}.{level}.raw')
    add(name, as_z(data), {'levels': [[96, 64], [48, 32], [24, 16]]}, f'{name}.ome.tif')


matrix()
layouts()
imagej()
ome()
(folder / 'manifest.json').write_text(json.dumps(manifest))
print(len(manifest))
