import { Controller } from '@nestjs/common';
import { listReviews, reviewSession, type InputOf } from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { ReviewService } from './review.service.js';

@Controller()
export class ReviewController {
  constructor(private readonly reviews: ReviewService) {}

  @RequestHandler(reviewSession)
  review(input: InputOf<typeof reviewSession>, call: CallContext) {
    return this.reviews.put(call, input.id, input.body);
  }

  @RequestHandler(listReviews)
  list(input: InputOf<typeof listReviews>, call: CallContext) {
    return this.reviews.list(call.caller, input);
  }
}
