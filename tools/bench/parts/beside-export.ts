import { registrationRequest } from '../companies.js';
import { load } from '../load/load.js';
import type { MeasuredSystem } from '../measured-system.js';
import { ms, times } from '../report.js';
import { registrationRound } from './registration-round.js';
import { connections, type Run } from './run.js';

/** Delegations of the exported stop. */
const exported = 3_000;
const requests = 500;
const mostRatio = 1.5;

/** One client that registers, alone and while the same service exports a large stop again and again. */
export async function measureBesideExport(run: Run, measured: MeasuredSystem): Promise<void> {
  const large = await measured.stops.openStop();
  const companies = run.companies.slice(0, exported);
  await registrationRound(measured, { companies, stops: 1, connections, at: [large] });
  const alone = await registerOneByOne(run, measured);
  const exporting = new Exporting(measured, large.id);
  const beside = await registerOneByOne(run, measured);
  const files = await exporting.stop();
  run.report.add({
    what: `a registration beside exports of ${exported.toLocaleString('en')} delegations, p99`,
    figure: `${ms(beside)}, alone ${ms(alone)}, beside ${files} files`,
    ratio: times(beside, alone),
    must: { text: `≤ ${mostRatio} ×`, met: beside <= mostRatio * alone },
  });
}

/** @returns what 99 of 100 requests took at most, in milliseconds */
async function registerOneByOne(run: Run, measured: MeasuredSystem): Promise<number> {
  const stop = await measured.stops.openStop();
  const own = run.companies.slice(0, requests).map((company) => registrationRequest(company, stop.id));
  const { p99Ms } = await load({ port: measured.port, connections: 1, requests: own });
  return p99Ms;
}

/** Downloads one export after the other, until it is stopped. */
class Exporting {
  private stopped = false;
  private files = 0;
  private readonly ended: Promise<void>;

  constructor(
    private readonly measured: MeasuredSystem,
    private readonly stopId: string,
  ) {
    this.ended = this.download();
  }

  /** @returns how many files came */
  async stop(): Promise<number> {
    this.stopped = true;
    await this.ended;
    return this.files;
  }

  private async download(): Promise<void> {
    const { url, organizerKey } = this.measured.system;
    for (let turn = 0; !this.stopped; turn += 1) {
      const kind = turn % 2 === 0 ? 'xlsx' : 'csv';
      const response = await fetch(`${url}/v1/stops/${this.stopId}/registrations.${kind}`, {
        headers: { authorization: `Bearer ${organizerKey}` },
      });
      if (!response.ok) throw new Error(`An export was answered with ${response.status}.`);
      await response.arrayBuffer();
      this.files += 1;
    }
  }
}
