import { Controller } from '@nestjs/common';
import {
  authenticateKeys,
  createApiKey,
  deleteApiKey,
  keysEndedSince,
  listApiKeys,
  noteKeysUsed,
  type InputOf,
  type OutputOf,
} from '#contracts';
import { Answers, type CallContext } from '#messaging';
import { ApiKeyRepository } from './api-key.repository.js';
import { KeyMaker } from './key-maker.js';
import { KeyUseRepository } from './key-use.repository.js';

@Controller()
export class ApiKeyController {
  constructor(
    private readonly keys: ApiKeyRepository,
    private readonly maker: KeyMaker,
    private readonly use: KeyUseRepository,
  ) {}

  @Answers(createApiKey)
  async create(
    input: InputOf<typeof createApiKey>,
    call: CallContext,
  ): Promise<OutputOf<typeof createApiKey>> {
    const key = await this.keys.create(call, input.body);
    return { ...key, apiKey: this.maker.keyOf(key.id, key.role) };
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

  @Answers(keysEndedSince)
  endedSince(input: InputOf<typeof keysEndedSince>) {
    return this.use.endedSince(input);
  }

  @Answers(noteKeysUsed)
  noteUsed(input: InputOf<typeof noteKeysUsed>) {
    return this.use.noteUsed(input);
  }
}
