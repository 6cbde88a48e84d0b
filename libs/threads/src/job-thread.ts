import { parentPort, type Transferable, type Worker, type WorkerOptions } from 'node:worker_threads';
import { startThread } from './start-thread.js';

type Asked<Job> = { readonly id: number; readonly job: Job };
type Answered<Result> =
  { readonly id: number; readonly result: Result } | { readonly id: number; readonly error: string };

interface Waiting<Result> {
  readonly resolve: (result: Result) => void;
  readonly reject: (error: Error) => void;
}

/** A thread takes memory, so it ends when nobody has had work for it for a while. */
const idleMs = 20_000;

/** Has jobs done one after the other in a thread of its own, which starts with the first one. */
export class JobThread<Job, Result> {
  private worker: Worker | undefined;
  private idle: NodeJS.Timeout | undefined;
  private readonly waiting = new Map<number, Waiting<Result>>();
  private lastId = 0;

  /** @param source the thread's module, such as `apps/outcomes/src/documents/document.worker.ts`; it calls `doJobs` */
  constructor(
    private readonly source: string,
    private readonly options: WorkerOptions = {},
  ) {}

  /** Jobs that wait or are being done. */
  get load(): number {
    return this.waiting.size;
  }

  /** Rejects where the job failed, or the thread ended meanwhile. */
  do(job: Job): Promise<Result> {
    clearTimeout(this.idle);
    const worker = (this.worker ??= this.start());
    const id = (this.lastId += 1);
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      worker.postMessage({ id, job } satisfies Asked<Job>);
    });
  }

  async stop(): Promise<void> {
    clearTimeout(this.idle);
    await this.worker?.terminate();
  }

  private start(): Worker {
    const worker = startThread(this.source, this.options);
    worker.on('message', (answer: Answered<Result>) => this.receive(answer));
    worker.on('error', (error: Error) => this.fail(worker, error));
    worker.on('exit', () => this.fail(worker, new Error(`The thread ${this.source} has ended.`)));
    worker.unref();
    return worker;
  }

  private receive(answer: Answered<Result>): void {
    const waiting = this.waiting.get(answer.id);
    this.waiting.delete(answer.id);
    if ('error' in answer) waiting?.reject(new Error(answer.error));
    else waiting?.resolve(answer.result);
    if (this.waiting.size === 0) this.endWhenIdle();
  }

  private endWhenIdle(): void {
    this.idle = setTimeout(() => {
      const { worker } = this;
      this.worker = undefined;
      void worker?.terminate();
    }, idleMs);
    this.idle.unref();
  }

  private fail(worker: Worker, error: Error): void {
    if (this.worker !== worker) return;
    this.worker = undefined;
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}

/** Does the jobs of a `JobThread`, in the thread. @param transferOf what of a result is handed over and not copied */
export function doJobs<Job, Result>(
  work: (job: Job) => Promise<Result>,
  transferOf: (result: Result) => Transferable[] = () => [],
): void {
  const port = parentPort;
  if (port === null) throw new Error('Jobs are done in a thread.');
  let last = Promise.resolve();
  const answer = async ({ id, job }: Asked<Job>): Promise<void> => {
    try {
      const result = await work(job);
      port.postMessage({ id, result } satisfies Answered<Result>, transferOf(result));
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      port.postMessage({ id, error: text } satisfies Answered<Result>);
    }
  };
  port.on('message', (asked: Asked<Job>) => {
    last = last.then(() => answer(asked));
  });
}
