import { Controller } from '@nestjs/common';
import {
  closeListing,
  createListing,
  getListing,
  listListings,
  pauseListing,
  proposeConcepts,
  publishListing,
  removeListing,
  updateListing,
  type InputOf,
} from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { proposeConcepts as conceptsIn } from '../vocabulary/propose-concepts.js';
import { refusePersonalData } from './listing.js';
import { ListingQueryService } from './listing-query.service.js';
import { ListingService } from './listing.service.js';

@Controller()
export class ListingController {
  constructor(
    private readonly listings: ListingService,
    private readonly queries: ListingQueryService,
  ) {}

  @RequestHandler(proposeConcepts)
  async propose({ body }: InputOf<typeof proposeConcepts>) {
    refusePersonalData(body);
    return Promise.resolve({
      concepts: conceptsIn(body).map(({ id, terms }) => ({ id, terms: [...terms] })),
    });
  }

  @RequestHandler(createListing)
  create(input: InputOf<typeof createListing>, call: CallContext) {
    return this.listings.create(call, input.tourId, input.body);
  }

  @RequestHandler(listListings)
  list(input: InputOf<typeof listListings>, call: CallContext) {
    return this.queries.list(call, input);
  }

  @RequestHandler(getListing)
  get(input: InputOf<typeof getListing>, call: CallContext) {
    return this.queries.get(call.caller, input.id);
  }

  @RequestHandler(updateListing)
  update(input: InputOf<typeof updateListing>, call: CallContext) {
    return this.listings.update(call, input.id, input.body);
  }

  @RequestHandler(publishListing)
  publish(input: InputOf<typeof publishListing>, call: CallContext) {
    return this.listings.move(call, input.id, 'publish');
  }

  @RequestHandler(pauseListing)
  pause(input: InputOf<typeof pauseListing>, call: CallContext) {
    return this.listings.move(call, input.id, 'pause');
  }

  @RequestHandler(closeListing)
  close(input: InputOf<typeof closeListing>, call: CallContext) {
    return this.listings.move(call, input.id, 'close');
  }

  @RequestHandler(removeListing)
  remove(input: InputOf<typeof removeListing>, call: CallContext) {
    return this.listings.remove(call, input.id, input.body.reason);
  }
}
