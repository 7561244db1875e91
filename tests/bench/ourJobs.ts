/**
 * Our side of the comparisons, in a process of its own so that its peak memory is its own.
 * Arguments: JOB FILE WIDTH HEIGHT PLANES, the file raw uint16. Each line on standard input runs the
 * job once and prints seconds of processor time, all threads together, and the peak memory of the
 * process so far in bytes.
 */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { scikitRollingBall } from '#core/background/scikitRollingBall';
import { gaussianBlur } from '#core/image/gaussianBlur';
import { medianFilter } from '#core/filter/medianFilter';
import { unknownCalibration } from '#core/image/Calibration';
import { EMPTY_HISTORY } from '#core/image/History';
import type { ImageStack } from '#core/image/ImageStack';
import { memoryPlaneSource } from '#core/image/memoryPlaneSource';
import type { Plane } from '#core/image/Plane';
import { applyNormalisation } from '#core/normalise/applyNormalisation';
import { estimateNormalisation } from '#core/normalise/estimateNormalisation';
import { projectStack, type ProjectionMethod } from '#core/stack/projectStack';
import { autoThreshold } from '#core/threshold/autoThreshold';
import { streamHistogram } from '#core/threshold/streamHistogram';
import type { ThresholdMethod } from '#core/threshold/ThresholdMethod';
import { triangleThreshold } from '#core/threshold/triangleThreshold';

const [job, file, ...numbers] = process.argv.slice(2);
const [width, height, planes] = numbers.map(Number);
const bytes = readFileSync(file);
const pixels = new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2);
const [name, how = ''] = job.split(' ');

function plane(): Plane {
  return { width, height, data: Float32Array.from(pixels.subarray(0, width * height)) };
}

function stack(): ImageStack {
  const shape = { t: 1, c: 1, z: planes, y: height, x: width };
  const size = width * height;
  const parts = Array.from({ length: planes }, (_, z) => pixels.subarray(z * size, (z + 1) * size));
  return {
    ...{ name: 'stack', shape, pixelType: 'uint16', calibration: unknownCalibration(1) },
    ...{ history: EMPTY_HISTORY, valueMapping: null, notes: [] },
    source: memoryPlaneSource(shape, parts),
  };
}

/** Makes what is run again and again; what it needs is prepared outside the measured time. */
function prepared(): () => unknown {
  switch (name) {
    case 'threshold':
      return async () => {
        const histogram = await streamHistogram(1, width, () => Promise.resolve(pixels));
        autoThreshold(histogram, { method: how as ThresholdMethod, variant: 'scikit-image' });
      };
    case 'normalise': {
      const image = plane();
      return () => {
        const { threshold } = triangleThreshold(image, { variant: 'scikit-image' });
        applyNormalisation(image, estimateNormalisation(image, threshold));
      };
    }
    case 'project': {
      const input = stack();
      const method = how as ProjectionMethod;
      return () => projectStack(input, method).source.read({ t: 0, c: 0, z: 0 });
    }
    default: {
      const image = plane();
      const size = Number(how);
      if (name === 'blur') return () => gaussianBlur(image, size);
      if (name === 'median') return () => medianFilter(image, size);
      return () => scikitRollingBall(image, size);
    }
  }
}

const run = prepared();
for await (const line of createInterface({ input: process.stdin })) {
  if (line !== 'run') continue;
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  const seconds = (user + system) / 1e6;
  process.stdout.write(`${seconds} ${1024 * process.resourceUsage().maxRSS}\n`);
}
