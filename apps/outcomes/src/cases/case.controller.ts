import { Controller } from '@nestjs/common';
import {
  announceCase,
  deleteCase,
  getCase,
  listCaseReviews,
  listCases,
  nominateCase,
  reviewCase,
  selectCase,
  updateCase,
  type InputOf,
} from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { CaseReviewService } from './case-review.service.js';
import { CaseService } from './case.service.js';

@Controller()
export class CaseController {
  constructor(
    private readonly cases: CaseService,
    private readonly reviews: CaseReviewService,
  ) {}

  @RequestHandler(nominateCase)
  nominate({ tourId, body }: InputOf<typeof nominateCase>, call: CallContext) {
    return this.cases.nominate(call, tourId, body);
  }

  @RequestHandler(listCases)
  list(input: InputOf<typeof listCases>, call: CallContext) {
    return this.cases.list(call, input);
  }

  @RequestHandler(getCase)
  get({ id }: InputOf<typeof getCase>, call: CallContext) {
    return this.cases.get(call, id);
  }

  @RequestHandler(updateCase)
  update({ id, body }: InputOf<typeof updateCase>, call: CallContext) {
    return this.cases.update(call, id, body);
  }

  @RequestHandler(deleteCase)
  delete({ id }: InputOf<typeof deleteCase>, call: CallContext) {
    return this.cases.delete(call, id);
  }

  @RequestHandler(selectCase)
  select({ id }: InputOf<typeof selectCase>, call: CallContext) {
    return this.cases.move(call, id, 'select');
  }

  @RequestHandler(announceCase)
  announce({ id }: InputOf<typeof announceCase>, call: CallContext) {
    return this.cases.move(call, id, 'announce');
  }

  @RequestHandler(reviewCase)
  review({ id, body }: InputOf<typeof reviewCase>, call: CallContext) {
    return this.reviews.review(call, id, body);
  }

  @RequestHandler(listCaseReviews)
  listReviews(input: InputOf<typeof listCaseReviews>, call: CallContext) {
    return this.reviews.list(call, input);
  }
}
