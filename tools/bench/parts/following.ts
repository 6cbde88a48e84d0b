import type { MeasuredSystem } from '../measured-system.js';
import { against, median, ms, perSecond } from '../report.js';
import { registrationRound } from './registration-round.js';
import { connections, type Run } from './run.js';

const service = 'notifications';
/** Registering is not slower while events are delivered outside. */
const leastWith = 0.95;
/** Deliveries may come later, but not much later: else S would not pay for them. */
const caughtUpWithinMs = 2_000;

/** S with notifications following, in turns with S while it rests. */
export async function measureFollowing(run: Run, measured: MeasuredSystem): Promise<void> {
  const plan = { companies: run.companies, stops: 1, connections };
  const rates = { with: [] as number[], without: [] as number[] };
  const behindMs: number[] = [];
  for (let round = 0; round < run.options.rounds; round += 1) {
    const followed = await run.tell('S with notifications', registrationRound(measured, plan));
    behindMs.push(await measured.caughtUp(service));
    rates.with.push(followed.perSecond);
    await measured.system.halt(service);
    rates.without.push((await run.tell('S without', registrationRound(measured, plan))).perSecond);
    measured.system.resume(service);
    await measured.caughtUp(service);
  }
  const [rate, alone] = [median(rates.with), median(rates.without)];
  run.report.add({ what: 'S without notifications', figure: perSecond(alone) });
  run.report.add({
    what: 'S with notifications following',
    figure: perSecond(rate),
    ...against(rate, alone, 'S without', leastWith),
  });
  const longest = Math.max(...behindMs);
  run.report.add({
    what: 'notifications have caught up after S within',
    figure: ms(longest),
    must: { text: `≤ ${ms(caughtUpWithinMs)}`, met: longest <= caughtUpWithinMs },
  });
}
