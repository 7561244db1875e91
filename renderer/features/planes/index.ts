// The door of the planes feature: the z-strip.
export { default as ZStrip } from './ZStrip.vue';
export { zAxis } from './zAxis';
