// The door of the drift feature: how far planes had drifted, and which of them probably failed.
export { default as DriftView } from './DriftView.vue';
