import { Controller } from '@nestjs/common';
import { listReviews, reviewSession, type InputOf } from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { ReviewRepository } from './review.repository.js';

@Controller()
export class ReviewController {
  constructor(private readonly reviews: ReviewRepository) {}

  @RequestHandler(reviewSession)
  review(input: InputOf<typeof reviewSession>, call: CallContext) {
    return this.reviews.put(call, input.id, input.body);
  }

  @RequestHandler(listReviews)
  list(input: InputOf<typeof listReviews>, call: CallContext) {
    return this.reviews.list(call.caller, input);
  }
}
