import { Module } from '@nestjs/common';
import { StopProjectionModule } from '../stops/stop-projection.module.js';
import { StopChangeController } from './stop-change.controller.js';
import { StopChangeService } from './stop-change.service.js';

@Module({
  imports: [StopProjectionModule],
  controllers: [StopChangeController],
  providers: [StopChangeService],
})
export class StopChangeModule {}
