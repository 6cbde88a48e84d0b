import type { MeasuredSystem } from '../measured-system.js';
import { against, median, ms, perSecond } from '../report.js';
import { registrationRound } from './registration-round.js';
import { connections, type Run } from './run.js';

/** What of S without a follower S with it must reach: registering is not slower while others follow. */
const leastWith = { notifications: 0.95, matching: 0.97 } as const;
type Follower = keyof typeof leastWith;
/** Deliveries may come later, but not much later: else S would not pay for them. */
const caughtUpWithinMs = 2_000;

/** S with a service following, in turns with S while that rests. */
export async function measureFollowing(run: Run, measured: MeasuredSystem, service: Follower): Promise<void> {
  const plan = { companies: run.companies, stops: 1, connections };
  const rates = { with: [] as number[], without: [] as number[] };
  const behindMs: number[] = [];
  for (let round = 0; round < run.options.rounds; round += 1) {
    const followed = await run.tell(`S with ${service}`, registrationRound(measured, plan));
    behindMs.push(await measured.caughtUp(service));
    rates.with.push(followed.perSecond);
    await measured.system.halt(service);
    rates.without.push((await run.tell('S without', registrationRound(measured, plan))).perSecond);
    measured.system.resume(service);
    await measured.caughtUp(service);
  }
  const [rate, alone] = [median(rates.with), median(rates.without)];
  run.report.add({ what: `S without ${service}`, figure: perSecond(alone) });
  run.report.add({
    what: `S with ${service} following`,
    figure: perSecond(rate),
    ...against(rate, alone, 'S without', leastWith[service]),
  });
  const longest = Math.max(...behindMs);
  run.report.add({
    what: `${service} has caught up after S within`,
    figure: ms(longest),
    must: { text: `≤ ${ms(caughtUpWithinMs)}`, met: longest <= caughtUpWithinMs },
  });
}
