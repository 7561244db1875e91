/**
 * A tab's title: of a result that carries the name of an open image, only what was done to it,
 * because that is what tells two tabs apart.
 */
export function shortTitle(name: string, openNames: readonly string[]): string {
  const parents = openNames.filter((other) => name.startsWith(`${other} `));
  const shortest = parents.toSorted((a, b) => a.length - b.length)[0];
  return shortest === undefined ? name : `↳ ${name.slice(shortest.length + 1)}`;
}
