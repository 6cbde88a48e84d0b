import { Controller } from '@nestjs/common';
import {
  authenticateKeys,
  createApiKey,
  deleteApiKey,
  listApiKeys,
  type InputOf,
  type OutputOf,
} from '#contracts';
import { Answers, type CallContext } from '#messaging';
import { ApiKeyRepository } from './api-key.repository.js';
import { KeyMaker } from './key-maker.js';

@Controller()
export class ApiKeyController {
  constructor(
    private readonly keys: ApiKeyRepository,
    private readonly maker: KeyMaker,
  ) {}

  @Answers(createApiKey)
  async create(
    input: InputOf<typeof createApiKey>,
    call: CallContext,
  ): Promise<OutputOf<typeof createApiKey>> {
    const { id, role, label } = await this.keys.create(call, input.body);
    return { id, role, label, apiKey: this.maker.keyOf(id, role) };
  }

  @Answers(listApiKeys)
  list(input: InputOf<typeof listApiKeys>, call: CallContext) {
    return this.keys.list(call.caller, input);
  }

  @Answers(deleteApiKey)
  delete(input: InputOf<typeof deleteApiKey>, call: CallContext) {
    return this.keys.delete(call, input.id);
  }

  @Answers(authenticateKeys)
  async authenticate(input: InputOf<typeof authenticateKeys>) {
    return { principals: await this.keys.findPrincipals(input.keyHashes) };
  }
}
