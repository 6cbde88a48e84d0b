import { z } from 'zod';
import { diagnoseBroker } from '#messaging';
import {
  diagnoseDatabase,
  type DatabaseAddress,
  type TableGrants,
  type createDataSource,
} from '#persistence';
import { ConfigError, databaseSettings, processSettings, readConfig } from '../config.js';
import { brokerFindings } from './broker-findings.js';
import { databaseFindings } from './database-findings.js';
import { exitCodeOf, formatFindings, passed, failed, type Finding } from './finding.js';
import { healthFinding } from './health-finding.js';
import { nodeFinding } from './node-finding.js';
import { brokerUnreachable, databaseUnreachable } from './connection-findings.js';

/** What the doctor has to know of a process. */
export interface DoctorTarget {
  readonly name: string;
  readonly settings: z.ZodRawShape;
  /** Left out where the process has no database. */
  readonly database?: {
    readonly dataSource: (address: DatabaseAddress) => ReturnType<typeof createDataSource>;
    readonly rights: TableGrants;
  };
}

/**
 * The main function of a process's `doctor.js`: with the environment that the process has, looks at all it needs, says
 * what is wrong and what to do, and ends with 1 if anything is. It changes nothing.
 * @param args `--no-health` where the process's own port is not to be asked
 */
export async function runDoctor(patient: DoctorTarget, args = process.argv.slice(2)): Promise<void> {
  const findings = [nodeFinding(process.versions.node), settingsFinding(patient)];
  const { NATS_URL, NATS_NKEY_SEED, DATABASE_URL, HEALTH_PORT } = readLeniently(patient);
  if (!args.includes('--no-health') && HEALTH_PORT !== undefined)
    findings.push(await healthFinding(HEALTH_PORT));
  if (patient.database && DATABASE_URL !== undefined)
    findings.push(...(await askDatabase(patient.database, DATABASE_URL)));
  if (NATS_URL !== undefined) findings.push(...(await askBroker(patient.name, NATS_URL, NATS_NKEY_SEED)));
  process.stdout.write(formatFindings(findings));
  process.exitCode = exitCodeOf(findings);
}

function shapeOf({ settings, database }: DoctorTarget): z.ZodRawShape {
  return { ...processSettings, ...(database ? databaseSettings : {}), ...settings };
}

function settingsFinding(patient: DoctorTarget): Finding {
  try {
    readConfig(shapeOf(patient));
    return passed('settings', 'complete');
  } catch (error) {
    const faults = error instanceof ConfigError ? error.faults : [String(error)];
    return failed('settings', faults.join('; '), "Correct them in the process's environment.");
  }
}

const addresses = ['NATS_URL', 'NATS_NKEY_SEED', 'DATABASE_URL', 'HEALTH_PORT'] as const;

/** Each by itself: one wrong setting must not keep the doctor from asking for the rest. */
function readLeniently(patient: DoctorTarget): Partial<Record<(typeof addresses)[number], string>> {
  const shape = shapeOf(patient);
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

async function askDatabase(
  { dataSource, rights }: NonNullable<DoctorTarget['database']>,
  url: string,
): Promise<Finding[]> {
  const source = dataSource({ url, name: 'doctor', poolSize: 2 });
  try {
    return databaseFindings(await diagnoseDatabase(source, rights));
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
