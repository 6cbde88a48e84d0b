import type { BrokerDiagnostics, ConsumerState } from '#messaging';
import { clockFinding } from './clock-finding.js';
import { passed, failed, type Finding } from './finding.js';

const oldestBroker = [2, 9, 10] as const;
const smallestPayload = 4 * 1024 * 1024;
/** A copy that is further behind than this does not catch up by itself, in seconds. */
const furthestBehindSeconds = 60;

/** What a look at the broker says to an operator. */
export function brokerFindings(look: BrokerDiagnostics): Finding[] {
  const findings = [server(look)];
  if (!look.jetStream) return findings;
  if (look.clockAheadMs !== undefined)
    findings.push(clockFinding('clock', 'the broker', look.clockAheadMs, 500));
  if (look.refused.length > 0) findings.push(refusal(look.refused));
  findings.push(...look.consumers.map(consumer));
  return findings;
}

function server({ version, jetStream, maxPayloadBytes }: BrokerDiagnostics): Finding {
  const found = `nats-server ${version}`;
  if (isOlder(version)) return failed('broker', found, `Use nats-server ${oldestBroker.join('.')} or newer.`);
  if (!jetStream)
    return failed(
      'broker',
      `${found} without JetStream`,
      'Put `jetstream { store_dir: ... }` into its configuration: events are kept there.',
    );
  if (maxPayloadBytes < smallestPayload)
    return failed(
      'broker',
      `${found} takes messages of ${maxPayloadBytes} bytes`,
      'Set `max_payload: 4MB` in its configuration: schedules and exports are larger than the default of 1 MB.',
    );
  return passed('broker', `${found} with JetStream`);
}

function refusal(refused: readonly string[]): Finding {
  return failed(
    'broker rights',
    `refused: ${refused.join('; ')}`,
    'Give the broker the users of this version (command broker-users) and reload it.',
  );
}

function consumer({ consumer: name, waiting, underWay, seconds }: ConsumerState): Finding {
  const found = `${name}: ${waiting + underWay} events to apply`;
  if (seconds < furthestBehindSeconds) return passed('copies', found);
  return failed(
    'copies',
    `${found}, the oldest for ${Math.round(seconds)} s`,
    'See the log of the service for what fails; events that can not be applied become dead letters.',
  );
}

function isOlder(version: string): boolean {
  const numbers = version.split(/[.-]/).map(Number);
  for (const [index, oldest] of oldestBroker.entries()) {
    const number = numbers[index] ?? 0;
    if (number !== oldest) return number < oldest;
  }
  return false;
}
