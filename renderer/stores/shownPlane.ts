import type { PlanePixels } from '#core/command/engineApi';
import { useDocuments } from './documents';
import { useViews } from './views';

/** The plane of a document that a tab shows, at the finest level that was fetched; or `null`. */
export function shownPlane(documentId: string, tab: string): PlanePixels | null {
  const documents = useDocuments();
  const views = useViews();
  const view = views.views[tab];
  const summary = documents.byId.get(documentId);
  // The cache is no reactive state; the contrast is set when the first plane has come.
  if (!view || !summary || !views.contrasts[tab]) return null;
  const { shape, levels } = summary;
  const at = {
    document: documentId,
    t: Math.min(view.t, shape.t - 1),
    c: Math.min(view.c, shape.c - 1),
    z: Math.min(view.z, shape.z - 1),
  };
  return (
    levels
      .map((_, level) => documents.peekPlane({ ...at, level }))
      .find((found) => found !== null) ?? null
  );
}
