const NAMED: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
]);

/** XML 1.0 has no way to write these at all. */
function isForbidden(codePoint: number): boolean {
  const control = codePoint < 32 && codePoint !== 9 && codePoint !== 10 && codePoint !== 13;
  const surrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
  return control || surrogate || codePoint === 0xfffe || codePoint === 0xffff;
}

function escapeCharacter(character: string): string {
  const named = NAMED.get(character);
  if (named !== undefined) return named;
  const codePoint = character.codePointAt(0) ?? 0xfffd;
  return `&#${isForbidden(codePoint) ? 0xfffd : codePoint};`;
}

/**
 * Text for an XML element or attribute in pure ASCII. Characters that XML cannot hold become U+FFFD.
 */
export function escapeXml(text: string): string {
  // Plain line breaks stay, for whoever reads the file; all other white space but blanks is escaped,
  // as parsers would change it.
  return text.replace(/[^\n\x20-\x7e]|[&<>"]/gu, escapeCharacter);
}

/** Attributes with a blank before each; those that are `null` are left out. */
export function printAttributes(attributes: {
  readonly [name: string]: string | number | null;
}): string {
  return Object.entries(attributes)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value)).replaceAll('\n', '&#10;')}"`)
    .join('');
}
