import { parentPort } from 'node:worker_threads';
import { tasks } from '#core/command/tasks';
import { onnxTasks } from '#core/host/runtime/onnxTasks';
import { answerTask, type TaskProgress, type TaskRequest } from './answerTask';
import { memoryReleaser } from './memoryReleaser';

const table = { ...tasks, ...onnxTasks };

const releaseMemory = memoryReleaser();

const tell = (progress: TaskProgress): void => parentPort?.postMessage(progress);

// The thread's whole life: one request in, one answer out and progress before it, until the pool ends it.
parentPort?.on('message', (request: TaskRequest) => {
  void answerTask(table, request, tell).then(({ answer, transfer }) => {
    parentPort?.postMessage(answer, transfer);
    releaseMemory();
  });
});
