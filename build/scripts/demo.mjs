// npm run demo [-- FILE [--z-step-um 0.3 --pixel-size-um 0.13]]: the main job through the command
// line's verbs, on the sample or on FILE; options say what the file does not state.
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { installPackages } from './installPackages.mjs';
import { dist, root } from './paths.mjs';
import { runVisibly } from './runProgram.mjs';
import { runJson } from './runJson.mjs';

const SAMPLES = join(root, 'assets', 'samples');
const OUT = join(root, 'out', 'demo');
/** The network was trained on input planes up to 4 um apart. */
const INPUT_DISTANCE_UM = 3.6;
const INPUT_DISTANCE_PLANES = 12;

const startedMs = performance.now();
await installPackages();
const { buildOrExit } = await import('./buildOrExit.mjs');
await buildOrExit(['cli']);
const { file, options } = chosenFile();
await demonstrate(file, options);

function chosenFile() {
  const [named, ...options] = process.argv.slice(2);
  // npm runs scripts in the root of the checkout, whatever folder the user is in.
  if (named) return { file: resolve(process.env.INIT_CWD ?? process.cwd(), named), options };
  const names = existsSync(SAMPLES) ? readdirSync(SAMPLES) : [];
  const sample = names.find((name) => /\.tiff?$/.test(name) && !name.includes('truth'));
  if (!sample) fail(`There is no sample stack in ${SAMPLES}.`, 3);
  return { file: join(SAMPLES, sample), options: [] };
}

async function demonstrate(file, options) {
  mkdirSync(OUT, { recursive: true });
  const info = await axialJson('info', file, ...options);
  const inputs = inputPlanes(info);
  const [aligned, fused, heights, normalised, volume, report] = [
    'aligned.ome.tif',
    'fused.ome.tif',
    'height-map.ome.tif',
    'normalised.ome.tif',
    'volume.ome.tif',
    'report.html',
  ].map((name) => join(OUT, name));

  console.log(`\n${shown(file)}: ${describe(info)}\n`);
  const drift = ['--model', 'rigid', '--reference', 'global'];
  await step('Align the planes', 'align', file, ...options, '-o', aligned, ...drift);
  await step(
    'Fuse them into one sharp image',
    'edf',
    aligned,
    '-o',
    fused,
    '--height-map',
    heights,
  );
  await step('Normalise', 'normalise', aligned, '-o', normalised);
  await step(
    `Reconstruct ${info.shape.z} planes from planes ${inputs.join(', ')}`,
    ...['reconstruct', normalised, '-o', volume, '--inputs', inputs.join(','), '--planes', 'all'],
  );
  console.log('\n> Compare with the planes that the network never saw');
  const comparison = await axialJson('compare', volume, normalised, '-o', report);
  figures('on planes that were measured and withheld', comparison);
  const truth = truthOf(file);
  if (truth) await compareWithTruth(file, truth, inputs);
  console.log(`\nVolume: ${shown(volume)}\nReport: ${shown(report)}`);
  console.log(verdict(comparison));
  console.log(`Done in ${Math.round((performance.now() - startedMs) / 1000)} s.`);
}

/** A simulated sample knows what an endless exposure would have given. */
function truthOf(file) {
  const truth = file.replace(/(\.ome)?\.tiff?$/, '-truth$&');
  return existsSync(truth) ? truth : null;
}

/** Without alignment, since the truth has not been moved with the planes. */
async function compareWithTruth(file, truth, inputs) {
  const volume = join(OUT, 'volume-not-aligned.ome.tif');
  const report = join(OUT, 'report-truth.html');
  const words = [file, '-o', volume, '--inputs', inputs.join(','), '--planes', 'all'];
  await step('Reconstruct without alignment, for the noise-free truth', 'reconstruct', ...words);
  const comparison = await axialJson('compare', volume, truth, '--measured', file, '-o', report);
  figures(`against the noise-free truth (${shown(report)})`, comparison);
}

/** Three planes around the middle, as far apart as the network was trained for. */
function inputPlanes({ shape, pixelSizeUm }) {
  const middle = Math.floor((shape.z - 1) / 2);
  const wanted = pixelSizeUm.z
    ? Math.round(INPUT_DISTANCE_UM / pixelSizeUm.z)
    : INPUT_DISTANCE_PLANES;
  const distance = Math.max(1, Math.min(wanted, middle));
  const planes = [middle - distance, middle, middle + distance];
  return planes.filter((plane) => plane >= 0 && plane < shape.z);
}

function describe({ shape, pixelType, pixelSizeUm }) {
  const size = `${shape.x} x ${shape.y} pixels, ${shape.z} planes, ${pixelType}`;
  const { x, z } = pixelSizeUm;
  return `${size}, ${x ?? 'unknown'} um per pixel, ${z ?? 'unknown'} um between planes`;
}

async function step(title, ...words) {
  console.log(`\n> ${title}`);
  const code = await runVisibly(process.execPath, [program(), ...words]);
  if (code !== 0) process.exit(code);
}

async function axialJson(...words) {
  const { code, value } = await runJson(process.execPath, [program(), ...words, '--json']);
  if (code !== 0) process.exit(code);
  return value;
}

function program() {
  return join(dist, 'cli', 'axial.mjs');
}

function figures(what, { withheld, gains }) {
  console.log(`  ${what}:`);
  console.log(`  PSNR ${decibels(withheld.psnrDb)}, SSIM ${withheld.ssim?.toFixed(4)}`);
  for (const [method, gain] of Object.entries(gains ?? {})) {
    const better = `closer in ${gain.betterPlanes} of ${gain.planes} planes`;
    console.log(`  ${decibels(gain.psnrDb, '+')} against ${method} interpolation, ${better}`);
  }
}

/** One line about the strongest rival. */
function verdict({ gains }) {
  if (!gains) return 'The file does not state its plane spacing, so nothing can be interpolated.';
  const [method, { psnrDb }] = Object.entries(gains).sort(([, a], [, b]) => a.psnrDb - b.psnrDb)[0];
  const how = psnrDb >= 0 ? 'beats' : 'falls short of';
  return `On withheld planes the network ${how} the best interpolation (${method}) by ${decibels(Math.abs(psnrDb))}.`;
}

function decibels(value, plus = '') {
  if (value === null) return 'not defined';
  return `${value >= 0 ? plus : ''}${value.toFixed(2)} dB`;
}

/** A path as the user would type it from the checkout. */
function shown(path) {
  const short = relative(root, path);
  return short.startsWith('..') || isAbsolute(short) ? path : short;
}

function fail(message, code) {
  console.error(message);
  process.exit(code);
}
