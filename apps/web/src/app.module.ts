import { Module, type DynamicModule } from '@nestjs/common';
import { CONFIG, LOGGER, type Logger } from '#service';
import type { WebConfig } from './config.js';
import { HttpModule } from './http/http.module.js';

@Module({ imports: [HttpModule] })
export class AppModule {
  /** Makes the process's own objects injectable everywhere. */
  static with(config: WebConfig, logger: Logger): DynamicModule {
    const providers = [
      { provide: CONFIG, useValue: config },
      { provide: LOGGER, useValue: logger },
    ];
    const own = { module: ProcessObjects, global: true, providers, exports: [CONFIG, LOGGER] };
    return { module: AppModule, imports: [own] };
  }
}

@Module({})
class ProcessObjects {}
