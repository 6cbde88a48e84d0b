import { Controller } from '@nestjs/common';
import { suggestPartners, type InputOf } from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { SuggestionService } from './suggestion.service.js';

@Controller()
export class SuggestionController {
  constructor(private readonly suggestions: SuggestionService) {}

  @RequestHandler(suggestPartners)
  suggest(input: InputOf<typeof suggestPartners>, call: CallContext) {
    return this.suggestions.suggest(call, input);
  }
}
