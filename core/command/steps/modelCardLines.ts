import { z } from 'zod';

const shownFacts = z.object({
  name: z.string(),
  description: z.string(),
  version: z.union([z.string(), z.number()]).optional(),
  license: z.string().optional(),
  card: z.string().nullable(),
});

/**
 * What a person reads about a model: its name and card as plain text, or its description when the
 * package has no card. Pictures are left out; tables stay as they are written.
 *
 * @param info a package's description (rdf.yaml) with the text of its `card`, in Markdown
 */
export function modelCardLines(info: { readonly [key: string]: unknown }): string[] {
  const { name, description, version, license, card } = shownFacts.parse(info);
  const title = version === undefined ? name : `${name} ${version}`;
  const head = [license === undefined ? title : `${title}, ${license} licence`, ''];
  return [...head, ...(card === null ? [description] : plainLines(card))];
}

function plainLines(markdown: string): string[] {
  return markdown
    .replace(/^# .*\n+/, '')
    .replace(/^!\[.*\n+/gm, '')
    .replace(/\*\*|`/g, '')
    .replace(/^#+ (.*)$/gm, (_, heading: string) => heading.toUpperCase())
    .replace(/^\|[-| ]+\|\n/gm, '')
    .trimEnd()
    .split('\n');
}
