// The door of the viewer feature: panes that show planes.
export { default as DocumentView } from './DocumentView.vue';
export { default as ImagePane } from './ImagePane.vue';
export { placeDetail } from './placeDetail';
export { useTabView } from './useTabView';
