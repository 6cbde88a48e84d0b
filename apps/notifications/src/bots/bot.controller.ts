import { Controller } from '@nestjs/common';
import { createBot, deleteBot, getBot, listBots, testBot, updateBot, type InputOf } from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { BotService } from './bot.service.js';

@Controller()
export class BotController {
  constructor(private readonly bots: BotService) {}

  @RequestHandler(createBot)
  create(input: InputOf<typeof createBot>, call: CallContext) {
    return this.bots.create(call, input);
  }

  @RequestHandler(listBots)
  list(input: InputOf<typeof listBots>, call: CallContext) {
    return this.bots.list(call.caller, input);
  }

  @RequestHandler(getBot)
  get(input: InputOf<typeof getBot>, call: CallContext) {
    return this.bots.get(call.caller, input.id);
  }

  @RequestHandler(updateBot)
  update(input: InputOf<typeof updateBot>, call: CallContext) {
    return this.bots.update(call, input);
  }

  @RequestHandler(deleteBot)
  delete(input: InputOf<typeof deleteBot>, call: CallContext) {
    return this.bots.delete(call, input.id);
  }

  @RequestHandler(testBot)
  test(input: InputOf<typeof testBot>, call: CallContext) {
    return this.bots.test(call.caller, input.id);
  }
}
