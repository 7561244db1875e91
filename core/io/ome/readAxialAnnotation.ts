import type { ValueMapping } from '#core/image/ImageStack';
import { AXIAL_ANNOTATION_NAMESPACE } from './OmeDocument';
import { attributeOf, childOf, childrenOf, numberOf, textOf } from './xmlNode';
import type { XmlNode } from './xmlNode';

/** What Axial keeps beside the OME metadata. */
export interface AxialAnnotation {
  readonly historyText: string | null;
  readonly valueMapping: ValueMapping | null;
  readonly notes: readonly string[];
  readonly pixelSha256: string | null;
}

const NOTHING: AxialAnnotation = {
  historyText: null,
  valueMapping: null,
  notes: [],
  pixelSha256: null,
};

function findAnnotation(root: XmlNode, image: XmlNode, imageCount: number): XmlNode | null {
  const ids = new Set(childrenOf(image, 'AnnotationRef').map((node) => attributeOf(node, 'ID')));
  const ours = childrenOf(root, 'StructuredAnnotations')
    .flatMap((node) => childrenOf(node, 'XMLAnnotation'))
    .filter((node) => attributeOf(node, 'Namespace') === AXIAL_ANNOTATION_NAMESPACE);
  const referenced = ours.find((node) => ids.has(attributeOf(node, 'ID')));
  // Other programs copy annotations and drop the references.
  return referenced ?? (imageCount === 1 ? (ours[0] ?? null) : null);
}

function readMapping(node: XmlNode): ValueMapping | null {
  const mapping = childOf(node, 'ValueMapping');
  const offset = mapping && numberOf(mapping, 'offset');
  const scale = mapping && numberOf(mapping, 'scale');
  return offset !== null && scale !== null && scale !== 0 ? { offset, scale } : null;
}

/** Reads the annotation that `printOme` writes; every part is empty or `null` where the file has none. */
export function readAxialAnnotation(
  root: XmlNode,
  image: XmlNode,
  imageCount: number,
): AxialAnnotation {
  const annotation = findAnnotation(root, image, imageCount);
  const value = annotation && childOf(annotation, 'Value');
  const axial = value && childOf(value, 'Axial');
  if (!axial) return NOTHING;
  const history = childOf(axial, 'History');
  const pixels = childOf(axial, 'Pixels');
  return {
    historyText: history && textOf(history),
    valueMapping: readMapping(axial),
    notes: childrenOf(axial, 'Note').map(textOf),
    pixelSha256: pixels && attributeOf(pixels, 'sha256'),
  };
}
