import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe } from 'vitest';

const run = promisify(execFile);
const MAX_OUTPUT_BYTES = 1 << 28;

/** The environment variables in which the test set-up names the programs of others. */
const PROGRAMS = {
  python: 'AXIAL_PYTHON',
  imagej: 'AXIAL_IMAGEJ_JAR',
  bioformats: 'AXIAL_BIOFORMATS_JAR',
} as const;

export type ReferenceProgram = keyof typeof PROGRAMS;

function whereIs(program: ReferenceProgram): string | undefined {
  return process.env[PROGRAMS[program]];
}

/**
 * A describe block that needs a program of others. Where it is missing, its tests are skipped
 * under a name that says so; `npm test` lists them, and in CI fails.
 */
export function describeWith(program: ReferenceProgram, name: string, tests: () => void): void {
  if (whereIs(program)) describe(name, tests);
  else describe.skip(`${name} (needs ${program}: npm test sets it up)`, tests);
}

function required(program: ReferenceProgram): string {
  const path = whereIs(program);
  if (!path) throw new Error(`${PROGRAMS[program]} names no ${program}.`);
  return path;
}

/**
 * Runs a Python program with the packages of tests/reference/requirements.txt.
 *
 * @param script path of a .py file, from the root of the checkout
 * @returns the JSON document that it printed
 */
export async function runPython<T>(script: string, ...args: readonly string[]): Promise<T> {
  const options = { maxBuffer: MAX_OUTPUT_BYTES };
  const { stdout } = await run(required('python'), [script, ...args], options);
  return JSON.parse(stdout) as T;
}

/** The same for a few lines of Python given as text. */
export async function runPythonText<T>(text: string, ...args: readonly string[]): Promise<T> {
  return runPython<T>('-c', text, ...args);
}

/**
 * Runs a single-file Java program without a display, with ImageJ or Bio-Formats on its class path.
 *
 * @param source path of a .java file, from the root of the checkout
 * @returns the JSON document that it printed as its last line
 */
export async function runJava<T>(
  program: 'imagej' | 'bioformats',
  source: string,
  ...args: readonly string[]
): Promise<T> {
  const options = { maxBuffer: MAX_OUTPUT_BYTES };
  const java = ['-Djava.awt.headless=true', '-cp', required(program), source, ...args];
  const { stdout } = await run('java', java, options);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as T;
}

/** What both Java programs of tests/reference/programs/ print about a file that they opened. */
export interface OpenedImage {
  readonly shape: { t: number; c: number; z: number; y: number; x: number };
  readonly pixelType: string;
  readonly pixelSizeUm: { x: number | null; y: number | null; z: number | null };
  readonly unit: string | null;
  readonly channelNames: readonly (string | null)[];
  /** Where the samples were written: little-endian, (t, c, z, y, x), in `pixelType`. */
  readonly raw: string;
}

/** Opens a file with ImageJ 1.54f and dumps its samples to `raw`. */
export function openWithImageJ(path: string, raw: string): Promise<OpenedImage> {
  return runJava('imagej', 'tests/reference/programs/OpenWithImageJ.java', path, raw);
}

/** Opens a file with Bio-Formats and dumps its samples to `raw`. */
export function openWithBioFormats(path: string, raw: string): Promise<OpenedImage> {
  return runJava('bioformats', 'tests/reference/programs/OpenWithBioFormats.java', path, raw);
}
