import { publicKeyOf } from './broker-keys.js';
import { brokerRights, brokerUsers, type BrokerUser } from './broker-rights.js';

/** Beside `users.conf`, the same in every installation, lies this one with the installation's own public keys. */
export const keysFileName = 'nats-keys.conf';

const variableOf = (user: string) => `${user.toUpperCase()}_NKEY`;

/** `users.conf`: the list of users for brokers whose configuration is written by hand; each version has its own. */
export function usersFile(): string {
  const block = authorizationBlock((user) => `$${variableOf(user)}`, `$${variableOf('operator')}`);
  return `include ${keysFileName}\n${block}`;
}

/** The public keys that `users.conf` names, from the seeds. */
export function keysFile(seedOf: (user: BrokerUser | 'operator') => string): string {
  return [...brokerUsers, 'operator' as const]
    .map((user) => `${variableOf(user)}: ${publicKeyOf(seedOf(user))}\n`)
    .join('');
}

/**
 * The `authorization` block of nats-server's configuration: each user by its public nkey with its rights, and nobody
 * else. Only words that 2.9.10 knows.
 * @param keyOf a public key, or `$NAME` for one that the configuration or the server's environment names
 * @param operatorKey of the broker's operator, who may do everything; left out, nobody may
 */
export function authorizationBlock(keyOf: (user: BrokerUser) => string, operatorKey?: string): string {
  const users = brokerUsers.map((user) => {
    const { publish, neverPublish = [], subscribe } = brokerRights(user);
    const deny = neverPublish.length === 0 ? '' : `, deny: ${listOf(neverPublish)}`;
    return [
      `    # ${user}`,
      '    {',
      `      nkey: ${keyOf(user)}`,
      '      permissions: {',
      `        publish: { allow: ${listOf(publish)}${deny} }`,
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
