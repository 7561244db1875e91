import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { parseXml } from '#core/io/ome/parseXml';
import { isAxialError } from '#core/util/errors';

/** An independent reader, set to give the same shape of nodes. */
const reference = new XMLParser({
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
  htmlEntities: true,
});

/** Plain data; an empty text is as good as none. */
function plain(node: unknown): unknown {
  return JSON.parse(JSON.stringify(node), (key, value: unknown) =>
    key === '#text' && value === '' ? undefined : value,
  );
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const name = fc.constantFrom('Image', 'ome:Pixels', 'a', 'b-1', 'c.d');
const words = fc.stringMatching(/^[ a-zµ&<"=>/é🔬]{0,8}$/u);
const { element } = fc.letrec<{ element: string; content: string }>((tie) => ({
  element: fc
    .tuple(name, fc.dictionary(fc.constantFrom('ID', 'x:Size', 'y'), words), tie('content'))
    .map(([tag, attributes, content]) => {
      const list = Object.entries(attributes).map(([key, value]) => ` ${key}="${escape(value)}"`);
      return content === ''
        ? `<${tag}${list.join('')}/>`
        : `<${tag}${list.join('')} >${content}</${tag}>`;
    }),
  content: fc.oneof(
    { depthSize: 'small' },
    words.map(escape),
    fc.constant('<!-- a -- comment > -->'),
    fc.constant('<?target data?>'),
    fc.tuple(tie('element'), tie('content')).map((parts) => parts.join('')),
  ),
}));

function failure(xml: string): string {
  try {
    parseXml(xml);
  } catch (error) {
    if (isAxialError(error, 'DamagedFileError') && error.remedy) return error.message;
    throw error;
  }
  return '';
}

describe('parseXml', () => {
  it('reads what an independent reader reads', () => {
    fc.assert(
      fc.property(element, (xml) => {
        const text = `<?xml version="1.0" encoding="UTF-8"?>\n${xml}`;
        const { '#text': _, ...root } = plain(parseXml(text)) as { [key: string]: unknown };
        const { '#text': __, ...expected } = plain(reference.parse(text)) as typeof root;
        expect(root).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('puts characters in the place of references', () => {
    const xml = `<a b='"&#181;&#xB5;&apos;' c="&nope;&#0;&#xD800;&#1114112;">&lt;&amp;lt;&#x1F52C;<![CDATA[<&amp;>]]></a>`;
    expect(plain(parseXml(xml))).toMatchObject({
      a: [
        {
          '@b': `"µµ'`,
          '@c': '&nope;&#0;&#xD800;&#1114112;',
          '#text': '<&lt;🔬<&amp;>',
        },
      ],
    });
  });

  it('takes names of any kind for names', () => {
    const root = plain(parseXml('<__proto__ constructor="1"><toString/></__proto__>'));
    expect(Object.keys(root as object)).toContain('__proto__');
  });

  it.each([
    ['<a><b></a>', /"a" stands where b ends \(line 1\)/u],
    ['<a>\n</b>', /"b" stands where a ends \(line 2\)/u],
    ['</a>', /"a" stands alone/u],
    ['<a', /not complete/u],
    ['<a b=1/>', /not complete/u],
    ['<a b="1/>', /not complete/u],
    ['< a/>', /no name/u],
    ['<a>', /element a does not end/u],
    ['<a><!-- </a>', /"-->" is missing/u],
    ['<a><![CDATA[ </a>', /"\]\]>" is missing/u],
    ['<?xml ', /"\?>" is missing/u],
    ['<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', /document type/u],
    ['<a/>words', /outside/u],
    [`${'<a>'.repeat(65)}${'</a>'.repeat(65)}`, /too deep/u],
  ])('refuses %s', (xml, message) => {
    expect(failure(xml)).toMatch(message);
  });

  it('ends in words on any text', () => {
    const scraps = fc.constantFrom(
      '<',
      '>',
      '/',
      'a',
      ' ',
      '"',
      "'",
      '=',
      '!',
      '--',
      '?',
      '&',
      '[CDATA[',
      ']]>',
    );
    fc.assert(
      fc.property(fc.array(scraps, { maxLength: 40 }), (parts) => {
        failure(parts.join(''));
      }),
      { numRuns: 2000 },
    );
  });

  it('reads 200 000 planes, or one enormous name, within a second', () => {
    const plane = '<Plane TheZ="0" TheC="0" TheT="0" PositionZ="1.5"/>';
    for (const xml of [`<OME>${plane.repeat(200_000)}</OME>`, `<OME a="${'A'.repeat(2e7)}"/>`]) {
      const started = process.cpuUsage();
      expect(failure(xml)).toBe('');
      expect(process.cpuUsage(started).user / 1e6).toBeLessThan(1);
    }
  });
});
