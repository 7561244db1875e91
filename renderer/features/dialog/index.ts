// The door of the dialog feature: everything that opens above the window.
export { default as CommandDialog } from './CommandDialog.vue';
export { default as ConfirmDialog } from './ConfirmDialog.vue';
export { default as SheetDialog } from './SheetDialog.vue';
