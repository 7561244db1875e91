// The door of the compare feature: result and truth side by side, with their figures.
export { default as CompareView } from './CompareView.vue';
