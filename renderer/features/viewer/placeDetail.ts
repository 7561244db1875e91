import type { DocumentSummary } from '#core/command/engineApi';
import type { TabView } from '#renderer/stores/views';
import { placeText, walkedAxis } from '#renderer/stores/walkedAxis';

/** Where a view stands, for the caption: "z = 6.80 µm · plane 34 of 61". */
export function placeDetail(document: DocumentSummary, view: Pick<TabView, 'z' | 't'>): string {
  const axis = walkedAxis(document);
  if (axis.count === 1) return 'one plane';
  const at = view[axis.name];
  const what = axis.name === 'z' ? 'plane' : 'time point';
  const place = placeText(axis, at);
  return `${place === '' ? '' : `${axis.name} = ${place} · `}${what} ${at} of ${axis.count}`;
}
