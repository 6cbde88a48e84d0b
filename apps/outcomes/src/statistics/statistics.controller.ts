import { Controller } from '@nestjs/common';
import {
  exportStopResults,
  exportTourStatistics,
  getStopResults,
  getTourStatistics,
  type InputOf,
} from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { resultsCsv } from './results-csv.js';
import { StatisticsService } from './statistics.service.js';

@Controller()
export class StatisticsController {
  constructor(private readonly statistics: StatisticsService) {}

  @RequestHandler(getStopResults)
  ofStop({ stopId }: InputOf<typeof getStopResults>, call: CallContext) {
    return this.statistics.ofStop(call.caller, stopId);
  }

  @RequestHandler(getTourStatistics)
  ofTour({ tourId }: InputOf<typeof getTourStatistics>, call: CallContext) {
    return this.statistics.ofTour(call, tourId);
  }

  @RequestHandler(exportStopResults)
  async csvOfStop({ stopId }: InputOf<typeof exportStopResults>, call: CallContext) {
    const { funnel } = await this.statistics.ofStop(call.caller, stopId);
    return { fileName: `results-${stopId}.csv`, csv: resultsCsv([{ stopId, funnel }]) };
  }

  @RequestHandler(exportTourStatistics)
  async csvOfTour({ tourId }: InputOf<typeof exportTourStatistics>, call: CallContext) {
    const { funnel, stops } = await this.statistics.ofTour(call, tourId);
    return { fileName: `statistics-${tourId}.csv`, csv: resultsCsv([{ stopId: null, funnel }, ...stops]) };
  }
}
