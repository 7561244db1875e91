/**
 * A tab's title: of a result that carries the name of an open image, only what was done last,
 * because that is what tells two tabs apart. The whole name is in the tab's tip.
 */
export function shortTitle(name: string, openNames: readonly string[]): string {
  const parents = openNames.filter((other) => name.startsWith(`${other} `));
  const nearest = parents.toSorted((a, b) => b.length - a.length)[0];
  return nearest === undefined ? name : `↳ ${name.slice(nearest.length + 1)}`;
}
