import { createBot, deleteBot, getBot, listBots, testBot, updateBot } from '#contracts';
import { organizer as access } from './access.js';
import { operation } from './operation.js';

const tag = 'Chat robots';
/** A test waits for its place in the robot's budget, and for the robot's answer. */
const testDeadlineMs = 30_000;

export const botsOperations = [
  operation({
    id: 'createBot',
    method: 'POST',
    path: '/v1/bots',
    tag,
    summary: 'Have events written into a group chat',
    description:
      'Of WeCom, DingTalk or Feishu. At most 18 messages a minute (Feishu 60): what waits becomes one digest. The URL is ' +
      'kept encrypted and shown masked. `secret` signs where the robot asks for signatures.',
    access,
    status: 201,
    contract: createBot,
  }),
  operation({
    id: 'listBots',
    method: 'GET',
    path: '/v1/bots',
    tag,
    summary: 'Your chat robots',
    access,
    status: 200,
    contract: listBots,
  }),
  operation({
    id: 'getBot',
    method: 'GET',
    path: '/v1/bots/{id}',
    tag,
    summary: 'One chat robot',
    access,
    status: 200,
    contract: getBot,
  }),
  operation({
    id: 'updateBot',
    method: 'PATCH',
    path: '/v1/bots/{id}',
    tag,
    summary: 'Change a chat robot',
    description: 'A robot that was disabled is active again.',
    access,
    status: 200,
    contract: updateBot,
  }),
  operation({
    id: 'deleteBot',
    method: 'DELETE',
    path: '/v1/bots/{id}',
    tag,
    summary: 'Delete a chat robot',
    access,
    status: 204,
    contract: deleteBot,
  }),
  operation({
    id: 'testBot',
    method: 'POST',
    path: '/v1/bots/{id}/test',
    tag,
    summary: 'Write a test message into the group',
    description: 'Within the budget of the robot. 409 `bot.refused` says what the robot said.',
    access,
    status: 200,
    contract: testBot,
    deadlineMs: testDeadlineMs,
  }),
];
