import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { AxialError } from '#core/util/errors';

/** An element: attributes under "@name", text under "#text", children as lists under their local names. */
export interface XmlNode {
  readonly [key: string]: readonly XmlNode[] | string | undefined;
}

/** 100 000 planes with an entry each for place and position take about 12 MB. */
const MAX_CHARACTERS = 32 * 1024 * 1024;
const MAX_DEPTH = 64;

function damaged(reason: string, cause?: unknown): AxialError {
  return new AxialError(
    'DamagedFileError',
    `The OME-XML of the file is damaged: ${reason}`,
    'Save the file again with the program that made it, or open it as plain TIFF pages.',
    { cause },
  );
}

function parser(): XMLParser {
  return new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    removeNSPrefix: true,
    ignoreDeclaration: true,
    ignorePiTags: true,
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: false,
    alwaysCreateTextNode: true,
    isArray: (_name, _path, _isLeaf, isAttribute) => !isAttribute,
    // Numeric entities; a document type, and with it entities of its own, is refused before.
    htmlEntities: true,
    processEntities: {
      enabled: true,
      maxEntityCount: 0,
      maxTotalExpansions: MAX_CHARACTERS,
      maxExpandedLength: MAX_CHARACTERS,
    },
    maxNestedTags: MAX_DEPTH,
  });
}

/**
 * Parses an XML text into plain nodes. Namespace prefixes are dropped.
 *
 * @throws AxialError `DamagedFileError` when the text is not well formed, too long, too deep or has a document type
 */
export function parseXml(xml: string): XmlNode {
  const text = xml.replace(/^\uFEFF/u, '').replace(/[\0\s]+$/u, '');
  if (text.length > MAX_CHARACTERS) throw damaged(`it has ${text.length} characters.`);
  if (/<!DOCTYPE/iu.test(text)) throw damaged('it has a document type, which OME-XML never has.');
  try {
    const verdict = XMLValidator.validate(text);
    if (verdict !== true) throw damaged(`${verdict.err.msg} (line ${verdict.err.line})`);
    const root: unknown = parser().parse(text);
    return root as XmlNode;
  } catch (error) {
    if (error instanceof AxialError) throw error;
    throw damaged(error instanceof Error ? error.message : 'it cannot be parsed.', error);
  }
}

/** The child elements called `name`, in order. */
export function childrenOf(node: XmlNode, name: string): readonly XmlNode[] {
  const children = node[name];
  return Array.isArray(children) ? children : [];
}

/** The first child element called `name`. */
export function childOf(node: XmlNode, name: string): XmlNode | null {
  return childrenOf(node, name)[0] ?? null;
}

/** The text directly inside an element. */
export function textOf(node: XmlNode): string {
  const text = node['#text'];
  return typeof text === 'string' ? text : '';
}

/** An attribute; `null` where it is missing or blank. */
export function attributeOf(node: XmlNode, name: string): string | null {
  const value = node[`@${name}`];
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

/** A finite number in an attribute; `null` where there is none. */
export function numberOf(node: XmlNode, name: string): number | null {
  const text = attributeOf(node, name);
  if (text === null) return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

/** A whole number of at least 0 in an attribute; `null` where there is none. */
export function countOf(node: XmlNode, name: string): number | null {
  const value = numberOf(node, name);
  return value !== null && Number.isSafeInteger(value) && value >= 0 ? value : null;
}
