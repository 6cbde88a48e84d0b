import { z } from 'zod';
import { event, type EventEnvelope } from '../../../libs/contracts/src/index.js';
import { Settlement, type Delivery, type EventSubscription } from '../../../libs/messaging/src/index.js';
import { OutboxRelay, applyOnce, type OutboxRow } from '../../../libs/persistence/src/index.js';
import { SimBroker, noFaults } from './sim-broker.js';
import { SimClock, SimProcess, seeded } from './sim-clock.js';
import { SimFollower, SimOwner } from './sim-database.js';

const contract = event('evt.sim.thing-changed.v1', z.object({ id: z.string(), version: z.number().int() }));

/** A mistake put in on purpose: each must be found, else the simulation proves nothing. */
export type Mistake =
  'mark before ack' | 'ack before commit' | 'no version guard' | 'no inbox' | 'no look at the stream';

const troubledMs = 30_000;
const quietMs = 40_000;
const aggregates = 4;
const replicas = 2;

class Outage extends Error {}

/** One run of owner, relays, stream, consumers and follower with everything going wrong, then a time of peace. */
export class Simulation {
  private readonly clock = new SimClock();
  private readonly random: () => number;
  private readonly broker: SimBroker;
  private readonly owner = new SimOwner();
  private readonly follower = new SimFollower();
  private readonly relays: { process: SimProcess; relay: OutboxRelay; doubt: () => void }[] = [];
  private readonly consumers: SimProcess[] = [];
  private readonly poison = new Set<string>();
  private troubled = true;
  private events = 0;

  constructor(
    readonly seed: number,
    private readonly mistake?: Mistake,
  ) {
    this.random = seeded(seed);
    this.broker = new SimBroker(this.clock, this.random);
  }

  /** @returns what is wrong at the end; nothing where all is well */
  async run(): Promise<string[]> {
    for (let index = 0; index < replicas; index += 1) {
      this.startRelay(index);
      this.startConsumer(index);
    }
    this.planTrouble();
    await this.clock.runUntil(troubledMs);
    this.makePeace();
    while (!this.quiet && this.clock.nowMs < troubledMs + quietMs) {
      await this.clock.runUntil(this.clock.nowMs + 2_000);
    }
    await this.replayLetters();
    return this.findFaults();
  }

  /** Every process is back by then, and has looked at the stream at least once. */
  private get quiet(): boolean {
    const settledFor = this.clock.nowMs - troubledMs;
    return settledFor >= 12_000 && this.owner.waiting === 0 && this.broker.unsettled === 0;
  }

  private get faults() {
    const upTo = (share: number) => this.random() * share;
    return { publishLost: upTo(0.2), ackLost: upTo(0.3), deliveryLost: upTo(0.2), delivery2x: upTo(0.3) };
  }

  /** Which troubles there are, and when, follows from the seed. */
  private planTrouble(): void {
    this.broker.faults = this.faults;
    this.repeatedly(20 + Math.floor(this.random() * 30), () => this.write());
    this.repeatedly(Math.floor(this.random() * 6), () => this.killRelay());
    this.repeatedly(Math.floor(this.random() * 6), () => this.killConsumer());
    this.repeatedly(Math.floor(this.random() * 3), () => this.restartBroker(() => this.broker.wipe()));
    this.repeatedly(Math.floor(this.random() * 3), () =>
      this.restartBroker(() => this.broker.loseEnd(1 + Math.floor(this.random() * 10))),
    );
    this.repeatedly(Math.floor(this.random() * 3), () => this.restartBroker(() => undefined));
  }

  private repeatedly(times: number, work: () => void): void {
    for (let time = 0; time < times; time += 1) this.clock.after(this.random() * (troubledMs - 1), work);
  }

  private write(): void {
    this.events += 1;
    const id = `00000000-0000-7000-8000-${String(this.events).padStart(12, '0')}`;
    if (this.random() < 0.05) {
      this.poison.add(id);
      this.owner.commit({ id, subject: contract.subject, payload: 'not JSON' }, 'poison', 0);
    } else {
      const aggregate = `thing ${Math.floor(this.random() * aggregates)}`;
      const version = (this.owner.versions.get(aggregate) ?? 0) + 1;
      const payload = JSON.stringify({ id, data: { id: aggregate, version } });
      this.owner.commit({ id, subject: contract.subject, payload }, aggregate, version);
    }
    // A process that dies between its commit and the wake-up leaves the row to the sweep.
    const writer = this.relays[Math.floor(this.random() * replicas)];
    if (writer !== undefined && !writer.process.dead && this.random() < 0.8) writer.relay.wake();
  }

  private startRelay(index: number): void {
    const process = new SimProcess(this.clock);
    let verified: Promise<void> | undefined;
    const ensure = async () => {
      if (this.mistake === 'no look at the stream') return;
      if (this.broker.away) throw new Error('The broker is away.');
      verified ??= this.owner.compare(process, this.broker);
      await verified;
    };
    const doubt = () => {
      verified = undefined;
    };
    const relay = new OutboxRelay(
      this.owner.outboxFor(process, ensure),
      (rows) => this.publish(process, rows),
      { failure: () => undefined, recovery: () => undefined },
      {
        every: (ms, work) => process.every(ms, work),
        sleep: (ms) => process.step(ms, () => undefined),
      },
    );
    relay.start();
    this.relays[index] = { process, relay, doubt };
  }

  private publish(process: SimProcess, rows: OutboxRow[]) {
    if (this.mistake === 'mark before ack') for (const { id } of rows) this.owner.mark({ id, seq: 0 });
    return this.broker.publish(process, rows);
  }

  private startConsumer(index: number): void {
    const process = new SimProcess(this.clock);
    this.consumers[index] = process;
    const desk = this.deskFor(process);
    let underWay = 0;
    process.every(100, () => {
      for (; underWay < 3; underWay += 1) {
        const delivery = this.broker.next();
        if (delivery === undefined) return;
        const works = this.broker.deliversTwice ? [delivery, delivery] : [delivery];
        void Promise.all(works.map((one) => this.settle(desk, one))).then(() => (underWay -= 1));
      }
    });
  }

  private settle(desk: Settlement, delivery: Delivery): Promise<void> {
    if (this.mistake !== 'ack before commit') return desk.settle(delivery);
    delivery.ack();
    return desk.settle({ ...delivery, ack: () => undefined, retryAfter: () => undefined });
  }

  private deskFor(process: SimProcess): Settlement {
    const handlers = new Map<string, EventSubscription>([
      [contract.subject, { contract, apply: (event) => this.apply(process, event) }],
    ]);
    return new Settlement('sim', handlers, {
      deadLetter: (letter) => process.step(2, () => void this.follower.letters.push(letter)),
      isOutage: (error) => error instanceof Outage,
      outageOver: () => process.step(500, () => true),
      onApplied: () => undefined,
      onIgnored: () => undefined,
      onFailed: () => undefined,
    });
  }

  /** One transaction: it takes its time, fails now and then, and takes effect at its end or not at all. */
  private apply(process: SimProcess, event: EventEnvelope): Promise<void> {
    return process.step(1 + this.random() * 20, async () => {
      if (this.troubled && this.random() < 0.1) throw new Outage('The database is away.');
      if (this.troubled && this.random() < 0.1) throw new Error('A constraint, a bug, a deadlock.');
      await applyOnce(
        () => Promise.resolve(this.enter(event.id)),
        () => Promise.resolve(this.takeEffect(event)),
      );
    });
  }

  private enter(eventId: string): boolean {
    const { inbox } = this.follower;
    if (this.mistake === 'no inbox') return true;
    if (inbox.has(eventId)) return false;
    inbox.add(eventId);
    return true;
  }

  private takeEffect(event: EventEnvelope): void {
    const { copies, effects } = this.follower;
    const { id, version } = event.data as { id: string; version: number };
    effects.set(event.id, (effects.get(event.id) ?? 0) + 1);
    if (this.mistake === 'no version guard' || version > (copies.get(id) ?? 0)) copies.set(id, version);
  }

  private killRelay(): void {
    const index = Math.floor(this.random() * replicas);
    const { process } = this.relays[index] ?? {};
    if (process === undefined || process.dead) return;
    process.kill();
    this.clock.after(this.random() * 3_000, () => this.startRelay(index));
  }

  private killConsumer(): void {
    const index = Math.floor(this.random() * replicas);
    const process = this.consumers[index];
    if (process === undefined || process.dead) return;
    process.kill();
    this.clock.after(this.random() * 3_000, () => this.startConsumer(index));
  }

  /** Publishers find out when they are connected again, before they publish anything. */
  private restartBroker(harm: () => void): void {
    if (this.broker.away) return;
    this.broker.away = true;
    harm();
    this.clock.after(this.random() * 8_000, () => {
      for (const relay of this.relays) relay.doubt();
      this.broker.away = false;
    });
  }

  private makePeace(): void {
    this.troubled = false;
    this.broker.faults = noFaults;
  }

  /** The operator's part: what was put aside, poison excepted, is applied in the end. */
  private async replayLetters(): Promise<void> {
    const desk = this.deskFor(new SimProcess(this.clock));
    for (const { payload, subject } of this.follower.letters) {
      const silent = { ack: () => undefined, retryAfter: () => undefined, terminate: () => undefined };
      const delivery = { subject, seq: 0, deliveries: 1, publishedAtMs: 0, eventId: null, ...silent };
      void desk.settle({ ...delivery, text: () => payload });
    }
    await this.clock.runUntil(this.clock.nowMs + 1_000);
  }

  private findFaults(): string[] {
    const { copies, effects, letters } = this.follower;
    const faults: string[] = [];
    if (this.owner.waiting > 0) faults.push(`${this.owner.waiting} events were never published`);
    for (const [aggregate, version] of this.owner.versions) {
      const copy = copies.get(aggregate) ?? 0;
      if (aggregate !== 'poison' && copy !== version)
        faults.push(`${aggregate} is at ${version}, its copy at ${copy}`);
    }
    for (const [id, times] of effects) if (times > 1) faults.push(`${id} took effect ${times} times`);
    const applied = this.events - this.poison.size;
    if (effects.size < applied) faults.push(`${applied - effects.size} events never took effect`);
    const buried = new Set(letters.filter(({ payload }) => payload === 'not JSON'));
    if (buried.size < this.poison.size) faults.push('poison was not buried');
    return faults;
  }
}
