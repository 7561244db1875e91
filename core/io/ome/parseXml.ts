import { AxialError } from '#core/util/errors';
import type { XmlNode } from './xmlNode';

/** 100 000 planes with an entry each for place and position take about 12 MB. */
const MOST_CHARACTERS = 32 * 1024 * 1024;
const MOST_DEPTH = 64;

const NAME = /[^\s<>/=!?"'&][^\s<>/="'&]*/uy;
const ATTRIBUTE = /\s+([^\s<>/="'&]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/uy;
const TAG_END = /\s*(\/?)>/uy;
const REFERENCE = /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(lt|gt|amp|quot|apos));/giu;
const NAMED: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

interface OpenNode {
  [key: string]: OpenNode[] | string | undefined;
}

/** An element whose end has not come yet. */
interface OpenElement {
  /** As written, with its prefix. */
  readonly tag: string;
  readonly node: OpenNode;
  text: string;
}

function damaged(reason: string): AxialError {
  return new AxialError(
    'DamagedFileError',
    `The OME-XML of the file is damaged: ${reason}`,
    'Save the file again with the program that made it, or open it as plain TIFF pages.',
  );
}

function damagedAt(text: string, at: number, reason: string): AxialError {
  return damaged(`${reason} (line ${text.slice(0, at).split('\n').length}).`);
}

/** Puts characters in the place of references; one that stands for no character is left as it is. */
function decoded(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    REFERENCE,
    (whole: string, hex: string | undefined, decimal: string | undefined, name: string) => {
      const named = NAMED.get(name);
      if (named !== undefined) return named;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
      return isCharacter ? String.fromCodePoint(code) : whole;
    },
  );
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function emptyNode(): OpenNode {
  // Without a prototype: a file may call its elements what it likes.
  const node: OpenNode = Object.create(null);
  node['#text'] = '';
  return node;
}

function addChild(parent: OpenNode, name: string, child: OpenNode): void {
  const siblings = parent[name];
  if (Array.isArray(siblings)) siblings.push(child);
  else parent[name] = [child];
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** Reads a start tag whose name begins at `at`; gives the position behind it. */
function readStartTag(text: string, at: number, open: OpenElement[]): number {
  const tag = matchAt(NAME, text, at)?.[0];
  const parent = open.at(-1);
  if (tag === undefined || !parent) throw damagedAt(text, at, 'a tag has no name');
  const node = emptyNode();
  let end = at + tag.length;
  for (let next = matchAt(ATTRIBUTE, text, end); next; next = matchAt(ATTRIBUTE, text, end)) {
    const [whole, name = '', double, single] = next;
    const key = `@${localName(name)}`;
    node[key] ??= decoded(double ?? single ?? '');
    end += whole.length;
  }
  const close = matchAt(TAG_END, text, end);
  if (!close) throw damagedAt(text, end, `the tag ${tag} is not complete`);
  addChild(parent.node, localName(tag), node);
  if (close[1] === '') {
    if (open.length > MOST_DEPTH) throw damagedAt(text, at, 'its elements stand too deep');
    open.push({ tag, node, text: '' });
  }
  return end + close[0].length;
}

/** Reads an end tag that begins at `at`; gives the position behind it. */
function readEndTag(text: string, at: number, open: OpenElement[]): number {
  const tag = matchAt(NAME, text, at + 2)?.[0] ?? '';
  const close = matchAt(TAG_END, text, at + 2 + tag.length);
  const element = open.length > 1 ? open.pop() : undefined;
  if (!close || close[1] !== '' || element?.tag !== tag) {
    const expected = element ? ` where ${element.tag} ends` : '';
    throw damagedAt(text, at, `the end tag "${tag}" stands${expected || ' alone'}`);
  }
  element.node['#text'] = element.text;
  return at + 2 + tag.length + close[0].length;
}

/** The position behind `mark`. */
function behind(text: string, mark: string, at: number): number {
  const found = text.indexOf(mark, at);
  if (found < 0) throw damagedAt(text, at, `"${mark}" is missing`);
  return found + mark.length;
}

/** Reads what begins with "<" at `at`; gives the position behind it. */
function readMarkup(text: string, at: number, open: OpenElement[]): number {
  if (text.startsWith('</', at)) return readEndTag(text, at, open);
  if (text.startsWith('<!--', at)) return behind(text, '-->', at + 4);
  if (text.startsWith('<?', at)) return behind(text, '?>', at + 2);
  if (text.startsWith('<![CDATA[', at)) {
    const end = behind(text, ']]>', at);
    const element = open.at(-1);
    if (element) element.text += text.slice(at + 9, end - 3);
    return end;
  }
  if (text.startsWith('<!', at)) {
    throw damaged('it has a document type, which OME-XML never has.');
  }
  return readStartTag(text, at + 1, open);
}

/**
 * Parses an XML text into plain nodes in one pass. Namespace prefixes are dropped, and so are comments and
 * processing instructions. There are no entities but the five of XML 1.0 and numeric ones.
 *
 * @throws AxialError `DamagedFileError` when the text is not well formed, too long, too deep or has a document type
 */
export function parseXml(xml: string): XmlNode {
  const text = xml.replace(/^\uFEFF/u, '').replace(/[\0\s]+$/u, '');
  if (text.length > MOST_CHARACTERS) throw damaged(`it has ${text.length} characters.`);
  const root = emptyNode();
  const open: OpenElement[] = [{ tag: '', node: root, text: '' }];
  let at = 0;
  while (at < text.length) {
    const next = text.indexOf('<', at);
    const end = next < 0 ? text.length : next;
    const element = open.at(-1);
    if (end > at && element) element.text += decoded(text.slice(at, end));
    at = next < 0 ? end : readMarkup(text, next, open);
  }
  const [outermost, unclosed] = open;
  if (unclosed) throw damaged(`its element ${unclosed.tag} does not end.`);
  if (outermost?.text.trim()) throw damaged('text stands outside its elements.');
  return root;
}
