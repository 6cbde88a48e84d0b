import { Controller } from '@nestjs/common';
import {
  createCompany,
  foundCompany,
  getCompany,
  getCompanyContacts,
  getCompanyStates,
  getMyCompany,
  listCompanies,
  suspendCompany,
  updateMyCompany,
  verifyCompany,
  type InputOf,
} from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { CompanyReader } from './company-reader.service.js';
import { CompanyService } from './company.service.js';
import { FoundingService } from './founding.service.js';
import { SignUpQueue } from './sign-up.queue.js';

@Controller()
export class CompanyController {
  constructor(
    private readonly signUps: SignUpQueue,
    private readonly founding: FoundingService,
    private readonly companies: CompanyService,
    private readonly reader: CompanyReader,
  ) {}

  @RequestHandler(createCompany)
  create(input: InputOf<typeof createCompany>, call: CallContext) {
    return this.signUps.signUp(input.body, call);
  }

  @RequestHandler(foundCompany)
  found(input: InputOf<typeof foundCompany>, call: CallContext) {
    return this.founding.found(call, input.body);
  }

  @RequestHandler(getMyCompany)
  getMine(_input: InputOf<typeof getMyCompany>, call: CallContext) {
    return this.reader.get(call.caller, call.caller.companyId ?? '');
  }

  @RequestHandler(updateMyCompany)
  updateMine(input: InputOf<typeof updateMyCompany>, call: CallContext) {
    return this.companies.update(call, input.body);
  }

  @RequestHandler(listCompanies)
  list(input: InputOf<typeof listCompanies>, call: CallContext) {
    return this.reader.list(call.caller, input);
  }

  @RequestHandler(getCompany)
  get(input: InputOf<typeof getCompany>, call: CallContext) {
    return this.reader.get(call.caller, input.id);
  }

  @RequestHandler(verifyCompany)
  verify(input: InputOf<typeof verifyCompany>, call: CallContext) {
    return this.companies.decide(call, input.id, 'verified');
  }

  @RequestHandler(suspendCompany)
  suspend(input: InputOf<typeof suspendCompany>, call: CallContext) {
    return this.companies.decide(call, input.id, 'suspended');
  }

  @RequestHandler(getCompanyStates)
  async getStates(input: InputOf<typeof getCompanyStates>) {
    return { companies: await this.reader.findStates(input.ids) };
  }

  @RequestHandler(getCompanyContacts)
  async getContacts(input: InputOf<typeof getCompanyContacts>) {
    return { contacts: await this.reader.findContacts(input.ids) };
  }
}
