/** An element: attributes under "@name", text under "#text", children as lists under their local names. */
export interface XmlNode {
  readonly [key: string]: readonly XmlNode[] | string | undefined;
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
