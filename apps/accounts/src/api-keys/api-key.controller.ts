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
import { RequestHandler, type CallContext } from '#messaging';
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

  @RequestHandler(createApiKey)
  async create(
    input: InputOf<typeof createApiKey>,
    call: CallContext,
  ): Promise<OutputOf<typeof createApiKey>> {
    const key = await this.keys.create(call, input.body);
    return { ...key, apiKey: this.maker.keyOf(key.id, key.role) };
  }

  @RequestHandler(listApiKeys)
  list(input: InputOf<typeof listApiKeys>, call: CallContext) {
    return this.keys.list(call.caller, input);
  }

  @RequestHandler(deleteApiKey)
  delete(input: InputOf<typeof deleteApiKey>, call: CallContext) {
    return this.keys.delete(call, input.id);
  }

  @RequestHandler(authenticateKeys)
  async authenticate(input: InputOf<typeof authenticateKeys>) {
    return { principals: await this.keys.findPrincipals(input.keyHashes) };
  }

  @RequestHandler(keysEndedSince)
  endedSince(input: InputOf<typeof keysEndedSince>) {
    return this.use.endedSince(input);
  }

  @RequestHandler(noteKeysUsed)
  noteUsed(input: InputOf<typeof noteKeysUsed>) {
    return this.use.noteUsed(input);
  }
}
