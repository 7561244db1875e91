import { existsSync, readdirSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasModelZoo } from '#tests/helpers/hasModelZoo';
import { runPython } from '#tests/helpers/referencePrograms';

const MODELS = 'assets/models';
const packages = readdirSync(MODELS).filter((name) => existsSync(join(MODELS, name, 'rdf.yaml')));

interface Summary {
  readonly status: 'passed' | 'valid-format' | 'failed';
  readonly steps: readonly { name: string; status: string; errors: readonly string[] }[];
}

/** What bioimageio.core says of packages that are given by their folders. */
function testPackages(folders: readonly string[]): Promise<Summary[]> {
  const descriptions = folders.map((folder) => join(folder, 'rdf.yaml'));
  return runPython('tests/reference/network/testPackages.py', ...descriptions);
}

describe.skipIf(!hasModelZoo.able)(`bioimageio.core${hasModelZoo.needed}`, () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'axial-zoo-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('finds the shipped packages right, and runs them from one pixel on', async () => {
    const summaries = await testPackages(packages.map((name) => join(MODELS, name)));
    expect(summaries).toHaveLength(packages.length);
    for (const { status, steps } of summaries) {
      expect(steps.flatMap(({ errors }) => errors)).toEqual([]);
      expect(status).toBe('passed');
      const sizes = steps.filter(({ name }) => name.includes('size parameter n'));
      expect(sizes.map((step) => step.status)).toEqual(['passed', 'passed', 'passed']);
    }
  }, 120_000);

  it('refuses a package whose network gives another plane than it states', async () => {
    await cp(join(MODELS, packages[0]), folder, { recursive: true });
    const plane = await readFile(join(folder, 'testOutput.npy'));
    const sample = plane.length - 4;
    plane.writeFloatLE(plane.readFloatLE(sample) + 0.1, sample);
    await writeFile(join(folder, 'testOutput.npy'), plane);
    const description = await readFile(join(folder, 'rdf.yaml'), 'utf8');
    const unchecked = description.replace(/(source: testOutput\.npy)\n\s*sha256: '?\w+'?/, '$1');
    expect(unchecked).not.toBe(description);
    await writeFile(join(folder, 'rdf.yaml'), unchecked);
    const [{ status, steps }] = await testPackages([folder]);
    expect(status).not.toBe('passed');
    const failed = steps.filter((step) => step.status === 'failed').map(({ name }) => name);
    expect(failed.join()).toMatch(/Reproduce test outputs/);
  }, 120_000);
});
