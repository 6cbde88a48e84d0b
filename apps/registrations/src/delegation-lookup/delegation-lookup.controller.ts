import { Controller } from '@nestjs/common';
import { getDelegateContacts, getDelegations, identifyBadge, type InputOf } from '#contracts';
import { RequestHandler } from '#messaging';
import { Database } from '#persistence';
import { DelegationLookupRepository } from './delegation-lookup.repository.js';

@Controller()
export class DelegationLookupController {
  constructor(
    private readonly database: Database,
    private readonly delegations: DelegationLookupRepository,
  ) {}

  @RequestHandler(getDelegations)
  async getDelegations(input: InputOf<typeof getDelegations>) {
    return { delegations: await this.delegations.findLive(this.database, input) };
  }

  @RequestHandler(identifyBadge)
  identify(input: InputOf<typeof identifyBadge>) {
    return this.delegations.identify(this.database, input.stopId, input.badge);
  }

  @RequestHandler(getDelegateContacts)
  async getContacts(input: InputOf<typeof getDelegateContacts>) {
    return { delegates: await this.delegations.findContacts(this.database, input.delegateIds) };
  }
}
