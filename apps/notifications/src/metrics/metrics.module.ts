import { Module } from '@nestjs/common';
import { LaneStatsJob } from './lane-stats-job.service.js';
import { LaneStatsRepository } from './lane-stats.repository.js';

@Module({ providers: [LaneStatsJob, LaneStatsRepository] })
export class MetricsModule {}
