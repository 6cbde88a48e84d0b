import { Module, type Abstract, type DynamicModule } from '@nestjs/common';
import { ServerModule } from './server/server.module.js';

/** An object that exists before Nest does: settings, logger, health, the connection to the broker. */
export type ProcessObject = { provide: symbol | Abstract<unknown>; useValue: unknown };

@Module({ imports: [ServerModule] })
export class AppModule {
  /** Makes the process's own objects injectable everywhere. */
  static with(objects: ProcessObject[]): DynamicModule {
    const own = {
      module: ProcessObjects,
      global: true,
      providers: objects,
      exports: objects.map((one) => one.provide),
    };
    return { module: AppModule, imports: [own] };
  }
}

@Module({})
class ProcessObjects {}
