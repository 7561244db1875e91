import { access, constants } from 'node:fs/promises';
import { availableParallelism, freemem, release, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DiagnosisItem } from '#core/command/CommandContext';
import { AXIAL_VERSION } from '#core/util/version';
import type { ContextOptions } from './createContext';

const GIB = 1024 ** 3;
const WANTED_MEMORY_GIB = 2;

/** Tries what Axial needs and reports each thing with a remedy where one is due. */
export async function diagnose(options: ContextOptions): Promise<DiagnosisItem[]> {
  const freeGib = freemem() / GIB;
  return [
    item('Axial', true, AXIAL_VERSION),
    item('System', true, `${process.platform} ${process.arch} ${release()}`),
    item(
      'Node',
      Number(process.versions.node.split('.')[0]) >= 18,
      process.versions.node,
      'Install Node 20 or newer.',
    ),
    item('Processor', true, `${availableParallelism()} threads`),
    item(
      'Free memory',
      freeGib >= WANTED_MEMORY_GIB,
      `${freeGib.toFixed(1)} GiB`,
      'Close other programs before working on large stacks.',
    ),
    await readable('Sample stack', join(options.samplesFolder, 'nuclei-63x.ome.tif')),
    await writable('Temporary folder', tmpdir()),
    ...(await testModels(options)),
  ];
}

function item(what: string, ok: boolean, found: string, remedy = ''): DiagnosisItem {
  return { what, ok, found, remedy: ok ? '' : remedy };
}

async function readable(what: string, path: string): Promise<DiagnosisItem> {
  const ok = await accessible(path, constants.R_OK);
  return item(what, ok, ok ? path : `${path} is missing.`, 'Install Axial again.');
}

async function writable(what: string, path: string): Promise<DiagnosisItem> {
  const ok = await accessible(path, constants.W_OK);
  return item(what, ok, ok ? path : `${path} cannot be written.`, 'Check its permissions.');
}

async function accessible(path: string, mode: number): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  );
}

async function testModels({ models }: ContextOptions): Promise<DiagnosisItem[]> {
  try {
    const summaries = await models.list();
    if (summaries.length === 0)
      return [item('Models', false, 'None found.', 'Install Axial again.')];
    const results = await Promise.all(summaries.map(({ name }) => models.test(name)));
    return results.map(({ name, passed, device, maxAbsoluteDifference }) =>
      item(
        `Model ${name}`,
        passed,
        `${device}, largest difference ${maxAbsoluteDifference.toExponential(1)}.`,
        'The runtime computes wrongly here; install Axial again.',
      ),
    );
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    return [item('Models', false, found, 'Install Axial again.')];
  }
}
