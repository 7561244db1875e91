import { parentPort } from 'node:worker_threads';
import { tasks } from '#core/command/tasks';
import { onnxTasks } from '#core/host/runtime/onnxTasks';
import { answerTask, type TaskRequest } from './answerTask';

const table = { ...tasks, ...onnxTasks };

// The thread's whole life: one request in, one answer out, until the pool ends it.
parentPort?.on('message', (request: TaskRequest) => {
  void answerTask(table, request).then(({ answer, transfer }) => {
    parentPort?.postMessage(answer, transfer);
  });
});
