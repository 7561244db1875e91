// The door of the contrast feature: window, gamma and histogram of what is shown.
export { default as HistogramChart } from './HistogramChart.vue';
export { default as ContrastPanel } from './ContrastPanel.vue';
