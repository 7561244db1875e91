// The door of the contrast feature: window, gamma and histogram of what is shown.
export { default as ContrastPanel } from './ContrastPanel.vue';
