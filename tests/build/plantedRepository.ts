import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { ESLint } from 'eslint';

/** What a check said about one file, one line each. */
export type Findings = ReadonlyMap<string, readonly string[]>;

/** A small copy of the project with the real configuration, in which files can be planted. */
export class PlantedRepository {
  private constructor(private readonly folder: string) {}

  static async with(files: { readonly [path: string]: string }): Promise<PlantedRepository> {
    const folder = await mkdtemp(join(tmpdir(), 'axial-planted-'));
    for (const name of ['build', 'package.json', 'tsconfig.json', 'core/platform.d.ts']) {
      await cp(name, join(folder, name), { recursive: true });
    }
    await symlink(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'));
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), `${text}\n`);
    }
    return new PlantedRepository(folder);
  }

  /** Runs the project's lint rules over every planted file. */
  async lint(): Promise<Findings> {
    const overrideConfigFile = join(this.folder, 'build/eslint.config.js');
    const eslint = new ESLint({ cwd: this.folder, overrideConfigFile });
    const results = await eslint.lintFiles(['core', 'electron', 'renderer', 'tests']);
    return new Map(
      results.map(({ filePath, messages }) => [
        relative(this.folder, filePath),
        messages.map(({ ruleId, message }) => `${ruleId}: ${message}`),
      ]),
    );
  }

  /** Type-checks every layer as `npm run typecheck` does. */
  async typecheck(): Promise<Findings> {
    const program = join(this.folder, 'node_modules/vue-tsc/bin/vue-tsc.js');
    const printed = await new Promise<string>((resolve) => {
      const args = [program, '-b', 'tsconfig.json', '--pretty', 'false'];
      execFile(process.execPath, args, { cwd: this.folder }, (_error, stdout) => resolve(stdout));
    });
    const findings = new Map<string, string[]>();
    for (const [, path, message] of printed.matchAll(/^(.+?)\(\d+,\d+\): error (.+)$/gm)) {
      findings.set(path, [...(findings.get(path) ?? []), message]);
    }
    return findings;
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}
