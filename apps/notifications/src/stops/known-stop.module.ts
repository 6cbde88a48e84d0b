import { Module } from '@nestjs/common';
import { KnownStopRepository } from './known-stop.repository.js';
import { KnownStopService } from './known-stop.service.js';

@Module({ providers: [KnownStopRepository, KnownStopService], exports: [KnownStopService] })
export class KnownStopModule {}
