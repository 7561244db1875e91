import { sha256Hex } from './sha256Hex';

const SEAL = /^# SHA-256 of what follows: (.*)\n?/;

/** A description under a first line by which `isSealBroken` tells whether it was changed or cut off. */
export async function sealed(text: string): Promise<string> {
  return `# SHA-256 of what follows: ${await digest(text)}\n${text}`;
}

/**
 * Whether a description is no longer what was sealed; one without a seal is not. A description that is cut off is
 * often still a valid one, of another model. Line endings do not count: some programs replace them.
 */
export async function isSealBroken(description: string): Promise<boolean> {
  const text = description.replaceAll('\r\n', '\n');
  const seal = SEAL.exec(text);
  return seal !== null && (await digest(text.slice(seal[0].length))) !== seal[1];
}

function digest(text: string): Promise<string> {
  return sha256Hex(new TextEncoder().encode(text));
}
