import { Controller } from '@nestjs/common';
import {
  authenticateKeys,
  createApiKey,
  deleteApiKey,
  keysEndedSince,
  listApiKeys,
  noteKeysUsed,
  type InputOf,
} from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { SignInService } from '../sign-ins/sign-in.service.js';
import { ApiKeyService } from './api-key.service.js';
import { KeyUsageService } from './key-usage.service.js';

@Controller()
export class ApiKeyController {
  constructor(
    private readonly keys: ApiKeyService,
    private readonly usage: KeyUsageService,
    private readonly signIns: SignInService,
  ) {}

  @RequestHandler(createApiKey)
  create(input: InputOf<typeof createApiKey>, call: CallContext) {
    return this.keys.create(call, input.body);
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
    const [principals, signIns] = await Promise.all([
      this.keys.authenticate(input.keyHashes),
      this.signIns.authenticate(input.keyHashes),
    ]);
    return { principals, signIns };
  }

  @RequestHandler(keysEndedSince)
  listRevokedSince(input: InputOf<typeof keysEndedSince>) {
    return this.usage.listRevokedSince(input);
  }

  @RequestHandler(noteKeysUsed)
  recordLastUsed(input: InputOf<typeof noteKeysUsed>) {
    return this.usage.recordLastUsed(input);
  }
}
