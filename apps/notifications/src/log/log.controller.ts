import { Controller } from '@nestjs/common';
import { listEvents, readFeeds, type InputOf } from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { FeedService } from './feed.service.js';
import { LogService } from './log.service.js';

@Controller()
export class LogController {
  constructor(
    private readonly log: LogService,
    private readonly feeds: FeedService,
  ) {}

  @RequestHandler(listEvents)
  list(input: InputOf<typeof listEvents>, call: CallContext) {
    return this.log.list(input, call.caller);
  }

  @RequestHandler(readFeeds)
  readFeeds(input: InputOf<typeof readFeeds>) {
    return this.feeds.read(input);
  }
}
