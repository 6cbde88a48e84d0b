import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { event } from '#contracts';
import { Settlement, readEvent, type DeadLetter, type Delivery, type DeliveryOptions } from './settlement.js';

const contract = event(
  'evt.test.thing-changed.v1',
  z.object({ version: z.number().int(), place: z.strictObject({ city: z.string() }) }),
);
const id = '01980000-0000-7000-8000-000000000001';
const good = { version: 1, place: { city: '510100' } };
const text = (data: unknown, eventId = id) => JSON.stringify({ id: eventId, data });

function start(apply: () => Promise<void>, options: Partial<DeliveryOptions> = {}) {
  const calls: string[] = [];
  const letters: DeadLetter[] = [];
  const desk = new Settlement('test', new Map([[contract.subject, { contract, apply }]]), {
    deadLetter: (letter) => {
      letters.push(letter);
      return Promise.resolve();
    },
    isOutage: (error) => String(error).includes('away'),
    outageOver: () => Promise.resolve(true),
    onApplied: () => calls.push('applied'),
    onIgnored: () => calls.push('ignored'),
    onFailed: () => calls.push('failed'),
    ...options,
  });
  const settle = async (more: Partial<Delivery> = {}) => {
    await desk.settle({
      subject: contract.subject,
      seq: 1,
      deliveries: 1,
      publishedAtMs: 0,
      eventId: id,
      text: () => text(good),
      ack: () => calls.push('ack'),
      retryAfter: (ms) => calls.push(`retry ${ms}`),
      terminate: () => calls.push('end'),
      ...more,
    });
    return calls.splice(0);
  };
  return { settle, letters };
}

const succeed = () => Promise.resolve();
const fail = () => Promise.reject(new Error('no'));

describe('DeliveryDesk', () => {
  it('acknowledges after the effect', async () => {
    expect(await start(succeed).settle()).toEqual(['applied', 'ack']);
  });

  it('passes by what nobody applies', async () => {
    const { settle } = start(succeed);
    expect(await settle({ subject: 'evt.test.other.v1' })).toEqual(['ignored', 'ack']);
  });

  it('tries five times with growing pauses, then keeps a letter, and starts anew after that', async () => {
    const { settle, letters } = start(fail);
    const course: string[] = [];
    for (let time = 0; time < 6; time += 1) course.push((await settle())[1] ?? '');
    expect(course).toEqual(['retry 100', 'retry 500', 'retry 2000', 'retry 5000', 'end', 'retry 100']);
    expect(letters).toMatchObject([{ reason: 'no', consumer: 'test', eventId: id }]);
  });

  it('does not count deliveries that an outage or a restart used up', async () => {
    expect(await start(fail).settle({ deliveries: 50 })).toEqual(['failed', 'retry 100']);
  });

  it('keeps an event that never comes to an end without applying it', async () => {
    const { settle, letters } = start(succeed);
    expect(await settle({ deliveries: 101 })).toEqual(['failed', 'end']);
    expect(letters).toHaveLength(1);
  });

  it('holds an event during an outage and applies it afterwards', async () => {
    let tries = 0;
    const apply = () => ((tries += 1) < 4 ? Promise.reject(new Error('away')) : Promise.resolve());
    expect(await start(apply).settle()).toEqual(['failed', 'failed', 'failed', 'applied', 'ack']);
  });

  it('blames an event for an outage that nobody else sees', async () => {
    const outcome = await start(() => Promise.reject(new Error('away'))).settle();
    expect(outcome.at(-1)).toBe('retry 100');
    expect(outcome).toHaveLength(11);
  });

  it('leaves an event to others when the process ends during an outage', async () => {
    const { settle } = start(() => Promise.reject(new Error('away')), {
      outageOver: () => Promise.resolve(false),
    });
    expect(await settle()).toEqual(['failed']);
  });

  it('comes back to an event that could not be buried', async () => {
    const { settle } = start(succeed, { deadLetter: () => Promise.reject(new Error('away')) });
    expect(await settle({ text: () => 'not JSON' })).toEqual(['failed', 'failed', 'retry 2000']);
  });
});

describe('deliveries that came together', () => {
  const others = [2, 3].map((number) => id.replace(/1$/, String(number)));
  const ids = [id, ...others];

  async function settleAll(
    fails: (eventIds: readonly string[]) => boolean,
    over: Partial<DeliveryOptions> = {},
  ) {
    const calls: string[] = [];
    const apply = (events: readonly { id: string }[]) => {
      const some = events.map((event) => event.id);
      calls.push(`apply ${some.map((one) => one.at(-1)).join('')}`);
      return fails(some) ? Promise.reject(new Error('no')) : Promise.resolve();
    };
    const subscription = {
      contract,
      apply: (event: { id: string }) => apply([event]),
      applyAll: apply,
    };
    const desk = new Settlement('test', new Map([[contract.subject, subscription]]), {
      deadLetter: ({ eventId }) => Promise.resolve(void calls.push(`letter ${eventId?.at(-1)}`)),
      isOutage: () => false,
      outageOver: () => Promise.resolve(true),
      onApplied: () => undefined,
      onIgnored: () => undefined,
      onFailed: () => undefined,
      ...over,
    });
    await desk.settleAll(
      ids.map((eventId, index) => ({
        subject: index < ids.length - 1 ? contract.subject : 'evt.test.other.v1',
        seq: index,
        deliveries: 1,
        publishedAtMs: 0,
        eventId,
        text: () => text(good, eventId),
        ack: () => calls.push(`ack ${eventId.at(-1)}`),
        retryAfter: () => calls.push(`retry ${eventId.at(-1)}`),
        terminate: () => calls.push(`end ${eventId.at(-1)}`),
      })),
    );
    return calls;
  }

  it('are applied with one call, and then acknowledged', async () => {
    const calls = await settleAll(() => false);
    expect(calls.filter((call) => call.startsWith('apply'))).toEqual(['apply 12']);
    expect(calls.toSorted()).toEqual(['ack 1', 'ack 2', 'ack 3', 'apply 12']);
  });

  it('are settled one by one where one of them fails, which alone is tried again', async () => {
    const calls = await settleAll((some) => some.includes(id));
    expect(calls.toSorted()).toEqual(['ack 2', 'ack 3', 'apply 1', 'apply 12', 'apply 2', 'retry 1']);
  });

  it('are settled for nobody once their consumer has ended', async () => {
    expect(await settleAll(() => false, { isOver: () => true })).toEqual(['apply 12']);
    expect(await settleAll(() => true, { isOver: () => true })).toEqual(['apply 12', 'apply 1', 'apply 2']);
  });
});

describe('readEvent', () => {
  it('leaves out what the contract does not know, at any depth', () => {
    const newer = { version: 1, colour: 'red', place: { city: '510100', district: '锦江' } };
    expect(readEvent(contract, text(newer)).data).toEqual(good);
  });

  it.each([
    ['nothing', 'null'],
    ['no JSON', '{'],
    ['an id that is none', text(good, 'x')],
    ['a missing member', text({ version: 1 })],
    ['a wrong member beside an unknown one', text({ ...good, version: 'one', colour: 'red' })],
  ])('refuses %s', (_, given) => expect(() => readEvent(contract, given)).toThrow('The event is not'));
});
