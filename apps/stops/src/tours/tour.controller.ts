import { Controller } from '@nestjs/common';
import { createTour, deleteTour, getTour, listTours, updateTour, type InputOf } from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { TourService } from './tour.service.js';

@Controller()
export class TourController {
  constructor(private readonly tours: TourService) {}

  @RequestHandler(createTour)
  create(input: InputOf<typeof createTour>, call: CallContext) {
    return this.tours.create(call, input.body);
  }

  @RequestHandler(listTours)
  list(input: InputOf<typeof listTours>, call: CallContext) {
    return this.tours.list(call.caller, input);
  }

  @RequestHandler(getTour)
  get(input: InputOf<typeof getTour>, call: CallContext) {
    return this.tours.get(call.caller, input.id);
  }

  @RequestHandler(updateTour)
  update(input: InputOf<typeof updateTour>, call: CallContext) {
    return this.tours.update(call, input.id, input.body);
  }

  @RequestHandler(deleteTour)
  delete(input: InputOf<typeof deleteTour>, call: CallContext) {
    return this.tours.delete(call, input.id);
  }
}
