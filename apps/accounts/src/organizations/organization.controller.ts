import { Controller } from '@nestjs/common';
import { createOrganization, type InputOf, type OutputOf } from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { KeyMaker } from '../api-keys/key-maker.js';
import { OrganizationRepository } from './organization.repository.js';

@Controller()
export class OrganizationController {
  constructor(
    private readonly organizations: OrganizationRepository,
    private readonly maker: KeyMaker,
  ) {}

  @RequestHandler(createOrganization)
  async create(
    input: InputOf<typeof createOrganization>,
    call: CallContext,
  ): Promise<OutputOf<typeof createOrganization>> {
    const { organization, keyId } = await this.organizations.create(call, input.body);
    return { organization, apiKey: this.maker.keyOf(keyId, 'organizer') };
  }
}
