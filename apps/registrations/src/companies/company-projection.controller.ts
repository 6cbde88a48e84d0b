import { Controller } from '@nestjs/common';
import { companyChanged, registrationsCatchUpOnCompany, type EventOf, type InputOf } from '#contracts';
import { RequestHandler, EventHandler } from '#messaging';
import { CompanyProjectionService } from './company-projection.service.js';

@Controller()
export class CompanyProjectionController {
  constructor(private readonly companies: CompanyProjectionService) {}

  @EventHandler(companyChanged, { batched: true })
  apply(event: EventOf<typeof companyChanged>): Promise<void> {
    return this.companies.applyEvent(event);
  }

  @RequestHandler(registrationsCatchUpOnCompany)
  async catchUp({ id, version }: InputOf<typeof registrationsCatchUpOnCompany>): Promise<null> {
    await this.companies.catchUp(id, version);
    return null;
  }
}
