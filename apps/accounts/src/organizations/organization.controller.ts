import { Controller } from '@nestjs/common';
import { createOrganization, type InputOf } from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { OrganizationService } from './organization.service.js';

@Controller()
export class OrganizationController {
  constructor(private readonly organizations: OrganizationService) {}

  @RequestHandler(createOrganization)
  create(input: InputOf<typeof createOrganization>, call: CallContext) {
    return this.organizations.create(call, input.body);
  }
}
