import { parentPort } from 'node:worker_threads';
import { tasks } from '#core/command/tasks';
import { answerTask, type TaskRequest } from './answerTask';

// The thread's whole life: one request in, one answer out, until the pool ends it.
parentPort?.on('message', (request: TaskRequest) => {
  void answerTask(tasks, request).then(({ answer, transfer }) => {
    parentPort?.postMessage(answer, transfer);
  });
});
