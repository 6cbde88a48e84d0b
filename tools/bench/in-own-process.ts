import { fromSource } from '../dev/system/main-of.js';
import { fork } from 'node:child_process';

/**
 * Runs a module of the bench in a process of its own: it is sent the task once and sends back one result.
 * What loads the system must not share its thread with the measuring code.
 */
export function inOwnProcess<Task extends object, Result>(module: URL, task: Task): Promise<Result> {
  const child = fork(module, { serialization: 'advanced', execArgv: fromSource });
  return new Promise<Result>((resolve, reject) => {
    let result: { value: Result } | undefined;
    child.once('message', (value) => {
      result = { value: value as Result };
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      if (result === undefined) reject(new Error(`A process of the bench ended with code ${code}.`));
      else resolve(result.value);
    });
    child.send(task);
  });
}

/** The other side: takes the task, answers, ends. An error ends the process with its stack on stderr. */
export function answerParent<Task, Result>(work: (task: Task) => Promise<Result>): void {
  process.once('message', (task) => {
    void work(task as Task).then(
      (result) => process.send?.(result, () => process.exit(0)),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
}
