import 'reflect-metadata';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as newId } from 'uuid';
import {
  createBot,
  deleteBot,
  getBot,
  getCompanyStates,
  getStopState,
  listBots,
  registrationChanged,
  testBot,
  updateBot,
  type Bot,
  type BotKind,
  type Caller,
  type InputOf,
} from '#contracts';
import { soon } from '#service/testing/patience';
import { service as notifications } from '../../../apps/notifications/src/service.js';
import { parseAllowList } from '../../../apps/notifications/src/egress/allowed-address.js';
import { TestedService } from '../../support/tested-service.js';
import { aStopState, publishState } from './published-events.js';
import { RobotServer } from './robot-server.js';

const organizationId = newId();
const companyId = newId();
const stop = aStopState(
  { id: newId(), tourId: newId(), organizationId },
  { name: { zh: '成都站', en: 'Chengdu' } },
);
const organizer: Caller = { role: 'organizer', keyId: newId(), organizationId };
const stranger: Caller = { role: 'organizer', keyId: newId(), organizationId: newId() };
const kinds: BotKind[] = ['wecom', 'dingtalk', 'feishu'];

let service: TestedService;
let robots: RobotServer;

beforeAll(async () => {
  robots = await RobotServer.start();
  service = await TestedService.start(
    notifications,
    [
      [getStopState, ({ id }: { id: string }) => ({ stop: id === stop.id ? stop : null })],
      [
        getCompanyStates,
        ({ ids }: { ids: string[] }) => ({
          companies: ids.map((id) => ({
            companyId: id,
            name: { zh: '示例企业 <@all>', en: 'Example [company](https://evil.example)' },
            standings: [],
            version: 1,
          })),
        }),
      ],
    ],
    {
      WEBHOOK_SECRET: 'ab'.repeat(32),
      EGRESS_ALLOW: parseAllowList('127.0.0.0/8'),
      BOT_HOSTS: [robots.host],
      PUBLIC_URL: 'https://tour.example.org',
    },
  );
  await service.startReplica();
  await service.startReplica();
}, 300_000);

afterAll(async () => {
  await service.stop();
  await robots.stop();
});

afterEach(async () => {
  const { items } = await service.ask(listBots, {}, organizer);
  for (const { id } of items) await service.ask(deleteBot, { id }, organizer);
});

describe.each(kinds)('a robot of %s', (kind) => {
  it('writes what happens into its group, signed as the provider asks', async () => {
    const { robot } = await make(kind, { language: 'zh' }, 'a secret');
    await registers('confirmed');
    await soon(() => expect(robots.of(robot)).toHaveLength(1));
    expect(robots.of(robot)[0]).toMatchObject({ faults: [] });
    expect(robots.of(robot)[0]?.text).toBe(
      `- **报名成功** · 成都站 · 示例企业 ＜＠all＞ · 3 席 · [查看](https://tour.example.org/stops/${stop.id})`,
    );
  });

  it('is tried by a test, and refuses one with a wrong secret', async () => {
    const { robot, bot } = await make(kind, { language: 'en' }, 'a secret');
    expect(await service.ask(testBot, { id: bot.id }, organizer)).toEqual({
      status: 200,
      ms: expect.any(Number),
      error: null,
    });
    expect(robots.of(robot).map(({ text }) => text)).toEqual(['This is a test message.']);
    robots.answers.set(robot, [kind === 'feishu' ? { code: 19021 } : { errcode: 310000 }]);
    const refusal = await service.refusal(testBot, { id: bot.id }, organizer);
    expect([refusal.code, refusal.detail]).toEqual(['bot.refused', expect.stringMatching(/310000|19021/)]);
  });
});

it('what waits becomes digests, with three replicas as with one: few enough in a minute, and short enough', async () => {
  const made = await Promise.all(kinds.map((kind) => make(kind, { language: 'zh' }, 'a secret')));
  const untilMs = Date.now() + 15_000;
  let registered = 0;
  while (Date.now() < untilMs) {
    await Promise.all(Array.from({ length: 20 }, () => registers('confirmed')));
    registered += 20;
    await new Promise((resolve) => setTimeout(resolve, 400));
  }
  for (const [place, { robot }] of made.entries()) {
    await soon(() => expect(count(robot)).toBe(registered));
    const messages = robots.of(robot);
    expect(messages.flatMap(({ faults }) => faults)).toEqual([]);
    // On the whole: a busy machine may hold up one message, and then the next one follows it closely.
    const spanMs = (messages.at(-1)?.atMs ?? 0) - (messages[0]?.atMs ?? 0);
    const gapMs = place === 2 ? 900 : 3_300;
    expect((messages.length - 2) * gapMs).toBeLessThanOrEqual(spanMs);
  }
});

it('a robot that fails is tried again, and has everything afterwards in one digest', async () => {
  const { robot } = await make('feishu', { language: 'en' });
  const refusal = { code: 19002, msg: 'params error' };
  robots.answers.set(
    robot,
    Array.from({ length: 100 }, () => refusal),
  );
  await registers('confirmed');
  await soon(() => expect(robots.of(robot)).not.toHaveLength(0));
  await registers('waitlisted');
  // It fails until a message has brought both.
  const both = () => robots.of(robot).findIndex(({ text }) => text.split('\n').length === 2);
  await soon(() => expect(both()).toBeGreaterThan(0));
  robots.answers.delete(robot);
  const failed = robots.of(robot).length;
  await soon(() => expect(robots.of(robot).length).toBeGreaterThan(failed), 120_000);
  expect(robots.of(robot).at(-1)?.text.split('\n')).toEqual([
    expect.stringMatching(
      /^- \*\*Registration confirmed\*\* · Chengdu · Example ［company］（https:\/\/evil.example）/,
    ),
    expect.stringMatching(/^- \*\*Registration on the waiting list\*\*/),
  ]);
});

it('a robot has the types and stops that it asked for, and not what happened before it was made', async () => {
  await registers('confirmed');
  const { robot } = await make('feishu', { types: ['registration.waitlisted'], stopIds: [stop.id] });
  await registers('confirmed');
  await registers('waitlisted');
  await soon(() => expect(robots.of(robot)).toHaveLength(1));
  expect(count(robot)).toBe(1);
});

describe('the URL of a robot', () => {
  it('is shown masked and stands nowhere in the database', async () => {
    const { robot, bot } = await make('dingtalk', {}, 'a secret of the robot');
    expect(bot.url).toBe(`http://${robots.host}/robot/send?access_token=…`);
    const [row] = await service.rows.query('SELECT bots::text AS text FROM bots WHERE id = $1', [bot.id]);
    const audit: unknown = await service.rows.query('SELECT audit::text AS text FROM audit');
    for (const text of [JSON.stringify(row), JSON.stringify(audit)]) {
      expect(text).not.toContain(robot);
      expect(text).not.toContain('a secret of the robot');
    }
    const feishu = await make('feishu');
    expect(feishu.bot.url).toBe(`http://${robots.host}/open-apis/bot/v2/hook/…${feishu.robot.slice(-4)}`);
  });

  it.each([
    ['at another host', 'https://hooks.example.com/robot/send?access_token=x'],
    ['at the host of another kind', 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=x'],
    ['at a host that begins like one', 'https://oapi.dingtalk.com.example.com/robot/send?access_token=x'],
    ['with a user', 'https://oapi.dingtalk.com@example.com/robot/send'],
    ['that is none', 'robot'],
  ])('is refused %s', async (_name, url) => {
    const body = bodyOf('dingtalk', url, {});
    const refusal = await service.refusal(createBot, { body }, organizer);
    expect([refusal.code, refusal.extra.errors]).toEqual([
      'bot.host_refused',
      [{ pointer: '/url', message: expect.any(String) }],
    ]);
  });

  it('can be changed by its owner alone', async () => {
    const { bot } = await make('feishu');
    const other = robots.urlOf('feishu', newId());
    const changed = await service.ask(updateBot, { id: bot.id, body: { url: other } }, organizer);
    expect(changed).toEqual({ ...bot, url: expect.stringContaining(other.slice(-4)), version: 2 });
    for (const contract of [getBot, deleteBot, testBot])
      expect((await service.refusal(contract, { id: bot.id }, stranger)).code).toBe('resource.not_found');
    const ofElsewhere = { id: bot.id, body: { url: 'https://example.com/' } };
    expect((await service.refusal(updateBot, ofElsewhere, organizer)).code).toBe('bot.host_refused');
  });
});

function bodyOf(kind: BotKind, url: string, over: object): InputOf<typeof createBot>['body'] {
  return { kind, url, types: ['registration.*'], language: 'zh', ...over };
}

async function make(kind: BotKind, over: object = {}, secret?: string): Promise<{ robot: string; bot: Bot }> {
  const robot = newId();
  if (secret !== undefined) robots.secrets.set(robot, secret);
  const body = bodyOf(kind, robots.urlOf(kind, robot), {
    ...over,
    ...(secret === undefined ? {} : { secret }),
  });
  return { robot, bot: await service.ask(createBot, { body }, organizer) };
}

async function registers(status: 'confirmed' | 'waitlisted'): Promise<void> {
  const registrationId = newId();
  const state = { registrationId, stopId: stop.id, companyId, status, seats: 3, version: 1 };
  await publishState(service.broker, registrationChanged, registrationId, state);
}

/** Messages that a group has: a line each, but for the last line of a digest that counts the rest. */
function count(robot: string): number {
  return robots
    .of(robot)
    .flatMap(({ text }) => text.split('\n'))
    .map((line) => Number(/^- 另有 (\d+) 条$/.exec(line)?.[1] ?? 1))
    .reduce((sum, one) => sum + one, 0);
}
