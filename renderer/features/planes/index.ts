// The door of the planes feature: the strip of planes.
export { default as ZStrip } from './ZStrip.vue';
export { planeAxis } from './planeAxis';
