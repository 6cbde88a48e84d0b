import { brokerRights, brokerUsers, type BrokerUser } from './broker-rights.js';

/**
 * The `authorization` block of nats-server's configuration: each user by its public nkey with its rights, and nobody
 * else. Only words that 2.9.10 knows.
 * @param keyOf a public key, or `$NAME` to have nats-server read it from its environment
 * @param operatorKey of whoever looks after the broker and may do everything; left out, nobody may
 */
export function authorizationBlock(keyOf: (user: BrokerUser) => string, operatorKey?: string): string {
  const users = brokerUsers.map((user) => {
    const { publish, subscribe } = brokerRights(user);
    return [
      `    # ${user}`,
      '    {',
      `      nkey: ${keyOf(user)}`,
      '      permissions: {',
      `        publish: { allow: ${listOf(publish)} }`,
      `        subscribe: { allow: ${listOf(subscribe)} }`,
      '      }',
      '    }',
    ];
  });
  const operator = operatorKey === undefined ? [] : ['    # operator', `    { nkey: ${operatorKey} }`];
  // A loaded machine may take longer than the broker's two seconds to sign its challenge.
  return [
    'authorization {',
    '  timeout: 10',
    '  users: [',
    ...users.flat(),
    ...operator,
    '  ]',
    '}',
    '',
  ].join('\n');
}

function listOf(subjects: readonly string[]): string {
  return `[\n${subjects.map((subject) => `          ${JSON.stringify(subject)}\n`).join('')}        ]`;
}
