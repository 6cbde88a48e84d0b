import { SupervisedProcess, type Death, type ProcessPlan } from './supervised-process.js';
import { adviceFor, StartFailure } from './start-failure.js';

/** Before the system is ready, a process that died this often is not waited for any longer. */
const DEATHS_THAT_FAIL_A_START = 3;

/** One that goes on dying is reported this often; its log has the rest. */
const DEATHS_TOLD_IN_A_ROW = 8;

/** The processes of one system by name, and what happens when one of them dies. */
export class Supervisor {
  private readonly processes = new Map<string, SupervisedProcess>();
  private starting = true;

  constructor(
    private readonly notice: (line: string) => void,
    private readonly failStart: (failure: StartFailure) => void,
  ) {}

  run(plan: ProcessPlan): void {
    const supervised = new SupervisedProcess(plan, (death) => this.died(death));
    this.processes.set(plan.name, supervised);
    supervised.start();
  }

  /** From now on deaths are healed without end: the system has been ready once. */
  started(): void {
    this.starting = false;
  }

  get(name: string): SupervisedProcess {
    const found = this.processes.get(name);
    if (found === undefined)
      throw new Error(`No process is called ${name}; there are ${this.names().join(', ')}.`);
    return found;
  }

  names(): string[] {
    return [...this.processes.keys()];
  }

  /** Stops those of the named processes that run, all at once. */
  async stop(names: readonly string[], budgetMs: number): Promise<void> {
    const running = names.flatMap((name) => this.processes.get(name) ?? []);
    await Promise.all(running.map((one) => one.stop(budgetMs)));
  }

  /** Ends everything without asking twice; PostgreSQL is asked to stop at once, since its children have no other sign. */
  async stopHard(): Promise<void> {
    const all = [...this.processes.values()];
    await Promise.all(all.map((one) => one.stop(0, one.plan.stopSignals.slice(1))));
  }

  private died(death: Death): void {
    if (!this.starting) {
      if (death.deathsInARow <= DEATHS_TOLD_IN_A_ROW)
        this.notice(`${death.name} ${death.how}; it is started again in ${death.pauseMs} ms.`);
      return;
    }
    if (death.deathsInARow < DEATHS_THAT_FAIL_A_START) return;
    const text = death.lastLines || '(it wrote nothing)';
    const advice = adviceFor(text, `Its whole log is ${this.get(death.name).plan.logFile}.`);
    this.failStart(
      new StartFailure(`${death.name} does not start: it ${death.how}. Its last lines:\n${text}`, advice),
    );
  }
}
