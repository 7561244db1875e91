const NAMED: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
]);

/** What XML 1.0 has no way to write: control characters, lone surrogates, two code points of Unicode. */
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]/gu;

/**
 * Text for an XML element. Characters that XML cannot hold become U+FFFD, line ends become \n.
 * Others stay as they are (UTF-8 in the file): Bio-Formats garbles numeric entities.
 */
export function escapeXml(text: string): string {
  return text
    .replace(/\r\n?/gu, '\n')
    .replace(FORBIDDEN, '\ufffd')
    .replace(/[&<>"]/gu, (character) => NAMED.get(character) ?? character);
}

/** Attributes with a blank before each; those that are `null` are left out, line ends become blanks. */
export function printAttributes(attributes: {
  readonly [name: string]: string | number | null;
}): string {
  return Object.entries(attributes)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value)).replace(/[\n\t]/gu, ' ')}"`)
    .join('');
}
