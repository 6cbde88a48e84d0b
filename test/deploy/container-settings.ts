import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { z } from 'zod';
import { serviceNames } from '#contracts';
import { ConfigError, readConfig } from '../../libs/service/src/config.js';
import { settingsOf as settingsOfService } from '../../libs/service/src/definition.js';
import { migrationSettings } from '../../libs/service/src/migrate.js';
import { appRoles, allDatabases, operatorOfBroker } from '../../tools/container/backup-settings.js';
import { databasesSettings } from '../../tools/container/service-databases.js';
import { projectRoot } from '../../tools/dev/system/project-root.js';

/** The settings of a container: its environment, and the files that are mounted into it. */
export interface ContainerSettings {
  env: Readonly<Record<string, string>>;
  files: Readonly<Record<string, string>>;
}

export const services: readonly string[] = serviceNames;

/** The settings that the program behind the image's argument reads, from the code that reads them. */
export async function settingsOf([command = '', ..._rest]: readonly string[]): Promise<z.ZodRawShape> {
  if (command === 'migrate') return migrationSettings;
  if (command === 'databases') return databasesSettings;
  if (command === 'restore') return { ...allDatabases, ...operatorOfBroker, ...appRoles };
  if (!services.includes(command)) throw new Error(`No such command: ${command}`);
  const file = join(projectRoot, 'apps', command, 'src', 'service.ts');
  const { service } = (await import(file)) as { service: Parameters<typeof settingsOfService>[0] };
  return settingsOfService(service);
}

/** Reads the settings as the process would; names what it would refuse, and what it would not even look at. */
export function settingsFaults(shape: z.ZodRawShape, { env, files }: ContainerSettings): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'waystop-settings-'));
  try {
    const here = Object.entries(env).map(([name, value]) => [
      name,
      name.endsWith('_FILE') ? put(folder, name, files[value]) : value,
    ]);
    readConfig(shape, Object.fromEntries(here) as NodeJS.ProcessEnv);
    return Object.keys(env)
      .filter((name) => !(name.replace(/_FILE$/, '') in shape))
      .map((name) => `${name} is read by nobody`);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    return [String(error)];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Settings that no operator has a use for: how one process is distinguished from another, and what is for measuring. */
const ofNoUse = new Set(['HOST', 'REGISTRATION_BATCHING', 'POSTGRES_PASSWORD', 'STREAM_REPLICAS']);

/**
 * The settings that a program reads and that nothing passes on to it, so that nobody could set them.
 * @param elsewhere the beginning of names that are set by something else
 */
export function settingsNotPassedOn(
  shape: z.ZodRawShape,
  { env }: ContainerSettings,
  elsewhere = 'nothing',
): string[] {
  const passed = new Set(Object.keys(env).map((name) => name.replace(/_FILE$/, '')));
  return Object.keys(shape).filter(
    (name) => !passed.has(name) && !ofNoUse.has(name) && !name.startsWith(elsewhere),
  );
}

/** The path of a copy of the mounted file, or one where there is none. */
function put(folder: string, name: string, content: string | undefined): string {
  const file = join(folder, name);
  if (content !== undefined) writeFileSync(file, content);
  return file;
}
