/** The pure functions that worker threads offer, by name. */
export const tasks = {};

export type Tasks = typeof tasks;
