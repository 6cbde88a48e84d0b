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
import { Answers, type CallContext } from '#messaging';
import { KeyMaker } from '../api-keys/key-maker.js';
import { CompanyRepository } from './company.repository.js';

@Controller()
export class CompanyController {
  constructor(
    private readonly companies: CompanyRepository,
    private readonly maker: KeyMaker,
  ) {}

  @Answers(createCompany)
  async create(
    input: InputOf<typeof createCompany>,
    call: CallContext,
  ): Promise<OutputOf<typeof createCompany>> {
    const { company, keyId } = await this.companies.create(call, input.body);
    return { company, apiKey: this.maker.keyOf(keyId, 'company') };
  }

  @Answers(getMyCompany)
  getMine(_input: InputOf<typeof getMyCompany>, call: CallContext) {
    return this.companies.getOwn(call.caller);
  }

  @Answers(updateMyCompany)
  updateMine(input: InputOf<typeof updateMyCompany>, call: CallContext) {
    return this.companies.update(call, input.body);
  }

  @Answers(listCompanies)
  list(input: InputOf<typeof listCompanies>, call: CallContext) {
    return this.companies.list(call.caller, input);
  }

  @Answers(getCompany)
  get(input: InputOf<typeof getCompany>, call: CallContext) {
    return this.companies.get(call.caller, input.id);
  }

  @Answers(verifyCompany)
  verify(input: InputOf<typeof verifyCompany>, call: CallContext) {
    return this.companies.decideStanding(call, input.id, 'verified');
  }

  @Answers(suspendCompany)
  suspend(input: InputOf<typeof suspendCompany>, call: CallContext) {
    return this.companies.decideStanding(call, input.id, 'suspended');
  }

  @Answers(getCompanyStates)
  async getStates(input: InputOf<typeof getCompanyStates>) {
    return { companies: await this.companies.findStates(input.ids) };
  }

  @Answers(getCompanyContacts)
  async getContacts(input: InputOf<typeof getCompanyContacts>) {
    return { contacts: await this.companies.findContacts(input.ids) };
  }
}
