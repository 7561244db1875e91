import { resolve } from 'node:path';
import type { MacroValue } from '#core/image/History';
import type {
  CommandDescriptor,
  DocumentSummary,
  EngineApi,
  EngineCallOptions,
  ExecuteRequest,
  ExecuteResult,
} from '#core/command/engineApi';
import { progressInParts } from '#core/command/progressInParts';
import { AxialError } from '#core/util/errors';
import type { ParsedArguments } from './parseArguments';

/** What a verb did: the figures, the lines for a person, and where its outputs are. */
export interface VerbResult {
  readonly report: { readonly [key: string]: MacroValue };
  readonly lines: readonly string[];
  /** `false` when the command checked something that is not well. */
  readonly passed: boolean;
}

/** Opens the inputs, runs the command and writes what was asked for. */
export async function runVerb(
  engine: EngineApi,
  command: CommandDescriptor,
  parsed: ParsedArguments,
  options: EngineCallOptions,
  writeText: (path: string, text: string) => Promise<void>,
): Promise<VerbResult> {
  const notes: string[] = [];
  const inputs: { [name: string]: string } = {};
  for (const { name } of command.inputs) {
    if (!(name in parsed.inputs)) continue;
    const opened = await engine.execute(openRequest(parsed, parsed.inputs[name]), options);
    inputs[name] = opened.documents['stack'].id;
    notes.push(...opened.notes, ...opened.documents['stack'].notes);
  }
  const params = parsed.params as { [name: string]: MacroValue };
  const outputs = Object.entries(parsed.outputs);
  const partOf = progressInParts(options.onProgress);
  const result = await engine.execute(
    { command: command.id, inputs, params },
    {
      ...options,
      onProgress: partOf(outputs.length > 0 ? command.runShare : 1),
    },
  );
  const saved: { [output: string]: string } = {};
  for (const [i, [name, path]] of outputs.entries()) {
    saved[name] = path;
    const part = { ...options, onProgress: partOf(1 / (outputs.length - i)) };
    if (name in result.texts) await writeText(path, result.texts[name]);
    else notes.push(...(await save(engine, result, name, path, parsed, part)));
  }
  const allNotes = [...new Set([...notes, ...result.notes])];
  return {
    passed: result.passed,
    report: {
      ...result.report,
      ...(Object.keys(saved).length > 0 && { saved }),
      ...(allNotes.length > 0 && { notes: allNotes }),
    },
    lines: [
      ...result.lines,
      ...allNotes.map((note) => `Note: ${note}`),
      ...Object.values(saved).map((path) => `Saved ${path}`),
    ],
  };
}

function openRequest(parsed: ParsedArguments, path: string): ExecuteRequest {
  // The history keeps the whole path, so that it can be replayed from another folder.
  const params = { path: resolve(path), ...parsed.general.open } as { [name: string]: MacroValue };
  return { command: 'file.open', inputs: {}, params };
}

async function save(
  engine: EngineApi,
  result: ExecuteResult,
  output: string,
  path: string,
  parsed: ParsedArguments,
  options: EngineCallOptions,
): Promise<readonly string[]> {
  const document: DocumentSummary | undefined = result.documents[output];
  if (!document) {
    throw new AxialError(
      'ImpossibleRequestError',
      `There is nothing to save as ${path}: no image was made.`,
      'Let the macro end with "return" and the name of an image.',
    );
  }
  const { format, compression, 'pixel-type': pixelType } = parsed.general.save;
  const params = {
    path,
    ...(parsed.general.resume && { resume: true }),
    ...(format !== undefined && { format }),
    ...(compression !== undefined && { compression }),
    ...(pixelType !== undefined && { pixelType }),
  };
  const request = { command: 'file.save', inputs: { stack: document.id }, params };
  return (await engine.execute(request, options)).notes;
}
