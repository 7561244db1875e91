// The door of the guided feature: the panel that leads through the main job.
export { default as GuidedPanel } from './GuidedPanel.vue';
