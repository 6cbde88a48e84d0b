import { Controller } from '@nestjs/common';
import { companyChanged, matchingCatchUpOnCompany, type EventOf, type InputOf } from '#contracts';
import { RequestHandler, EventHandler } from '#messaging';
import { CompanyProjectionService } from './company-projection.service.js';

@Controller()
export class CompanyProjectionController {
  constructor(private readonly companies: CompanyProjectionService) {}

  @EventHandler(companyChanged, { batched: true })
  apply(event: EventOf<typeof companyChanged>): Promise<void> {
    return this.companies.applyEvent(event);
  }

  @RequestHandler(matchingCatchUpOnCompany)
  async catchUp(input: InputOf<typeof matchingCatchUpOnCompany>): Promise<null> {
    await this.companies.catchUp(input.id, input.version);
    return null;
  }
}
