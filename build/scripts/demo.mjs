// npm run demo [-- FILE]: the main job through the command line's verbs, on the sample or on FILE.
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
await demonstrate(chosenFile());

function chosenFile() {
  const [named] = process.argv.slice(2);
  // npm runs scripts in the root of the checkout, whatever folder the user is in.
  if (named) return resolve(process.env.INIT_CWD ?? process.cwd(), named);
  const names = existsSync(SAMPLES) ? readdirSync(SAMPLES) : [];
  const sample = names.find((name) => /\.tiff?$/.test(name) && !name.includes('truth'));
  if (!sample) fail(`There is no sample stack in ${SAMPLES}.`, 3);
  return join(SAMPLES, sample);
}

async function demonstrate(file) {
  mkdirSync(OUT, { recursive: true });
  const info = await axialJson('info', file);
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
  await step('Align the planes', 'align', file, '-o', aligned, '--model', 'rigid');
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
  conclude(comparison, { volume, report });
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

function conclude({ withheld, gains }, { volume, report }) {
  const seconds = Math.round((performance.now() - startedMs) / 1000);
  console.log(
    `  PSNR ${decibels(withheld.psnrDb)}, SSIM ${withheld.ssim?.toFixed(4)} on unseen planes`,
  );
  for (const [method, gain] of Object.entries(gains ?? {})) {
    const better = `closer to the truth in ${gain.betterPlanes} of ${gain.planes} planes`;
    console.log(`  against ${method} interpolation: ${decibels(gain.psnrDb, '+')}, ${better}`);
  }
  console.log(`\nVolume: ${shown(volume)}\nReport: ${shown(report)}`);
  if (gains) console.log(verdict(Object.entries(gains)));
  console.log(`Done in ${seconds} s.`);
}

/** One line about the strongest rival. */
function verdict(gains) {
  const [method, { psnrDb }] = gains.sort(([, a], [, b]) => a.psnrDb - b.psnrDb)[0];
  const how = psnrDb >= 0 ? 'beats' : 'falls short of';
  return `The network ${how} the best interpolation (${method}) by ${decibels(Math.abs(psnrDb))}.`;
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
