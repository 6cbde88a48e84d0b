import { diagnoseBroker } from '#messaging';
import { diagnoseDatabase } from '#persistence';
import { ConfigError, readConfig } from '../config.js';
import {
  settingsOf,
  type PlainServiceDefinition,
  type ServiceDatabase,
  type ServiceDefinition,
} from '../definition.js';
import { brokerFindings } from './broker-findings.js';
import { databaseFindings } from './database-findings.js';
import { exitCodeOf, formatFindings, passed, failed, type Finding } from './finding.js';
import { healthFinding } from './health-finding.js';
import { nodeFinding } from './node-finding.js';
import { brokerUnreachable, databaseUnreachable } from './connection-findings.js';

type DoctorTarget = ServiceDefinition | PlainServiceDefinition;

/**
 * The command `doctor`: checks all that the process needs, in the environment that the process has, says what is wrong
 * and what to do, and sets exit code 1 if anything is wrong. It changes nothing.
 * @param args `--no-health` skips the process's own health port
 */
export async function runDoctor(target: DoctorTarget, args: readonly string[]): Promise<void> {
  const findings = [nodeFinding(process.versions.node), settingsFinding(target)];
  const { NATS_URL, NATS_NKEY_SEED, DATABASE_URL, HEALTH_PORT } = readLeniently(target);
  if (!args.includes('--no-health') && HEALTH_PORT !== undefined)
    findings.push(await healthFinding(HEALTH_PORT));
  if ('database' in target && DATABASE_URL !== undefined)
    findings.push(...(await askDatabase(target.database, DATABASE_URL)));
  if (NATS_URL !== undefined) findings.push(...(await askBroker(target.name, NATS_URL, NATS_NKEY_SEED)));
  findings.push(...(await ownFindings(target)));
  process.stdout.write(formatFindings(findings));
  process.exitCode = exitCodeOf(findings);
}

function settingsFinding(target: DoctorTarget): Finding {
  try {
    readConfig(settingsOf(target), process.env, faultsOf(target));
    return passed('settings', 'complete');
  } catch (error) {
    const faults = error instanceof ConfigError ? error.faults : [String(error)];
    return failed('settings', faults.join('; '), "Correct them in the process's environment.");
  }
}

function faultsOf(target: DoctorTarget) {
  return 'database' in target ? target.settingsFaults : undefined;
}

/** Only of settings that are right: what is wrong with them has been said. */
async function ownFindings(target: DoctorTarget): Promise<Finding[]> {
  if (!('database' in target) || target.findings === undefined) return [];
  try {
    return await target.findings(readConfig(settingsOf(target), process.env, faultsOf(target)) as never);
  } catch (error) {
    if (error instanceof ConfigError) return [];
    throw error;
  }
}

const addresses = ['NATS_URL', 'NATS_NKEY_SEED', 'DATABASE_URL', 'HEALTH_PORT'] as const;

/** Each by itself: one wrong setting must not keep the doctor from asking for the rest. */
function readLeniently(target: DoctorTarget): Partial<Record<(typeof addresses)[number], string>> {
  const shape = settingsOf(target);
  const found = addresses.flatMap((name) => {
    const schema = shape[name];
    if (schema === undefined) return [];
    try {
      const value = (readConfig({ [name]: schema }) as Record<string, string | number | undefined>)[name];
      return value === undefined ? [] : [[name, String(value)]];
    } catch {
      return [];
    }
  });
  return Object.fromEntries(found) as Partial<Record<(typeof addresses)[number], string>>;
}

async function askDatabase({ dataSource, grants }: ServiceDatabase, url: string): Promise<Finding[]> {
  const source = dataSource({ url, name: 'doctor', poolSize: 2 });
  try {
    return databaseFindings(await diagnoseDatabase(source, grants));
  } catch (error) {
    return [databaseUnreachable(url, error)];
  } finally {
    if (source.isInitialized) await source.destroy();
  }
}

async function askBroker(name: string, url: string, nkeySeed: string | undefined): Promise<Finding[]> {
  try {
    return brokerFindings(await diagnoseBroker({ url, name, nkeySeed }));
  } catch (error) {
    return [brokerUnreachable(url, error)];
  }
}
