import { Controller } from '@nestjs/common';
import { companyChanged, type EventOf } from '#contracts';
import { EventHandler } from '#messaging';
import { gathered } from '../gathered.js';
import { CompanyProjectionService } from './company-projection.service.js';

@Controller()
export class CompanyProjectionController {
  constructor(private readonly companies: CompanyProjectionService) {}

  @EventHandler(companyChanged, gathered)
  apply(event: EventOf<typeof companyChanged>): Promise<void> {
    return this.companies.applyEvent(event);
  }
}
