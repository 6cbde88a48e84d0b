import { Controller } from '@nestjs/common';
import {
  createCompany,
  getCompany,
  getCompanyContacts,
  getCompanyStates,
  getMyCompany,
  listCompanies,
  suspendCompany,
  updateMyCompany,
  verifyCompany,
  type InputOf,
  type OutputOf,
} from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { KeyMaker } from '../api-keys/key-maker.js';
import { CompanyRepository } from './company.repository.js';

@Controller()
export class CompanyController {
  constructor(
    private readonly companies: CompanyRepository,
    private readonly maker: KeyMaker,
  ) {}

  @RequestHandler(createCompany)
  async create(
    input: InputOf<typeof createCompany>,
    call: CallContext,
  ): Promise<OutputOf<typeof createCompany>> {
    const { company, keyId } = await this.companies.create(call, input.body);
    return { company, apiKey: this.maker.keyOf(keyId, 'company') };
  }

  @RequestHandler(getMyCompany)
  getMine(_input: InputOf<typeof getMyCompany>, call: CallContext) {
    return this.companies.getOwn(call.caller);
  }

  @RequestHandler(updateMyCompany)
  updateMine(input: InputOf<typeof updateMyCompany>, call: CallContext) {
    return this.companies.update(call, input.body);
  }

  @RequestHandler(listCompanies)
  list(input: InputOf<typeof listCompanies>, call: CallContext) {
    return this.companies.list(call.caller, input);
  }

  @RequestHandler(getCompany)
  get(input: InputOf<typeof getCompany>, call: CallContext) {
    return this.companies.get(call.caller, input.id);
  }

  @RequestHandler(verifyCompany)
  verify(input: InputOf<typeof verifyCompany>, call: CallContext) {
    return this.companies.decideStanding(call, input.id, 'verified');
  }

  @RequestHandler(suspendCompany)
  suspend(input: InputOf<typeof suspendCompany>, call: CallContext) {
    return this.companies.decideStanding(call, input.id, 'suspended');
  }

  @RequestHandler(getCompanyStates)
  async getStates(input: InputOf<typeof getCompanyStates>) {
    return { companies: await this.companies.findStates(input.ids) };
  }

  @RequestHandler(getCompanyContacts)
  async getContacts(input: InputOf<typeof getCompanyContacts>) {
    return { contacts: await this.companies.findContacts(input.ids) };
  }
}
