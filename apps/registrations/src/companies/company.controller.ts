import { Controller } from '@nestjs/common';
import { companyChanged, registrationsCatchUpOnCompany, type EventOf, type InputOf } from '#contracts';
import { RequestHandler, EventHandler } from '#messaging';
import { CompanyRepository } from './company.repository.js';

@Controller()
export class CompanyController {
  constructor(private readonly companies: CompanyRepository) {}

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
