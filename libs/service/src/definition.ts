import type { Type } from '@nestjs/common';
import type { z } from 'zod';
import type { DatabaseServiceName, ServiceName } from '#contracts';
import type { DatabaseAddress, Replayable, TableGrants, createDataSource } from '#persistence';
import { brokerSettings, databaseSettings, processSettings, type FaultsOf } from './config.js';
import type { Finding } from './doctor/finding.js';

export type DataSource = ReturnType<typeof createDataSource>;

/** A service's own database, as its commands need to know it. */
export interface ServiceDatabase {
  readonly dataSource: (address: DatabaseAddress) => DataSource;
  /** What the running service may do with each of its own tables. */
  readonly grants: TableGrants;
  /** The aggregates whose states it can publish again. */
  readonly replayables: readonly Replayable[];
  /** Statements that run when the database was restored, before it is committed. */
  readonly afterRestore?: readonly string[];
}

/** A command of one service alone, which needs nothing but its database. @returns what it prints */
export type OwnCommand = (source: DataSource, args: readonly string[]) => Promise<string>;

/** A service with a database, declared once, in the app's `service.ts`. */
export interface ServiceDefinition {
  readonly name: DatabaseServiceName;
  /** Its own settings, beside those of every process with a database. */
  readonly settings: z.ZodRawShape;
  /** What is wrong with settings that are right each for itself: the process ends, and says so. */
  readonly settingsFaults?: FaultsOf;
  /** What the doctor looks at besides. */
  readonly findings?: (config: never) => Promise<Finding[]>;
  readonly database: ServiceDatabase;
  /** Further commands of its `main.js`, by their names. */
  readonly commands?: Readonly<Record<string, () => Promise<OwnCommand>>>;
  /** Loaded by `serve` alone: the other commands need neither Nest nor the handlers. */
  readonly module: () => Promise<Type>;
}

/** A service without a database, which starts itself. */
export interface PlainServiceDefinition {
  readonly name: ServiceName;
  /** All of its settings. */
  readonly settings: z.ZodRawShape;
  readonly serve: () => Promise<void>;
}

/** The settings of every process with a database. */
export const serviceSettings = { ...processSettings, ...brokerSettings, ...databaseSettings };

export type ServiceConfig = z.output<z.ZodObject<typeof serviceSettings>>;

/** All settings of a service's process. */
export function settingsOf(definition: ServiceDefinition | PlainServiceDefinition): z.ZodRawShape {
  return 'database' in definition ? { ...serviceSettings, ...definition.settings } : definition.settings;
}
