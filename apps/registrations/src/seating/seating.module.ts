import { Module } from '@nestjs/common';
import { SeatCommandQueue } from './seat-command.queue.js';
import { SeatConsequences } from './seat-consequences.service.js';
import { SeatingService } from './seating.service.js';

@Module({
  providers: [SeatConsequences, SeatingService, SeatCommandQueue],
  exports: [SeatCommandQueue],
})
export class SeatingModule {}
