import { Injectable } from '@nestjs/common';
import { Problem } from '#contracts';
import {
  UnitOfWork,
  findReplays,
  replayed,
  type Decided,
  type PendingRecords,
  type PipelinedTransaction,
  type TransactionContext,
} from '#persistence';
import { ApiKeyRepository } from '../api-keys/api-key.repository.js';
import { ApiKeyService } from '../api-keys/api-key.service.js';
import { presentCompany } from './company.js';
import { CompanyRepository } from './company.repository.js';
import { recordChange } from './company.service.js';
import type { QueuedSignUp, SignUpAnswer } from './queued-sign-up.js';

type Decision = Decided<SignUpAnswer>;

/** Signs companies up, any number of them in one transaction: each with its first key, or refused by itself. */
@Injectable()
export class SignUpService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly companies: CompanyRepository,
    private readonly apiKeys: ApiKeyService,
    private readonly keys: ApiKeyRepository,
  ) {}

  async decide(queued: readonly QueuedSignUp[]): Promise<Decision[]> {
    return this.unitOfWork.pipelined(async (sql, recorded) => {
      const decided = await findDecided(sql, queued);
      const fresh = queued.filter((one) => !decided.has(one));
      const signedUp = await this.signUp(sql, recorded, fresh);
      const refused = fresh.filter((one) => !signedUp.has(one));
      // Their codes are taken, maybe by the same requests, which another replica answered while this one waited.
      const late = refused.length === 0 ? new Map<QueuedSignUp, Decision>() : await findDecided(sql, refused);
      return queued.map(
        (one) => signedUp.get(one) ?? decided.get(one) ?? late.get(one) ?? { ok: false, error: takenCode() },
      );
    });
  }

  private async signUp(
    sql: PipelinedTransaction,
    recorded: PendingRecords,
    queued: readonly QueuedSignUp[],
  ): Promise<Map<QueuedSignUp, Decision>> {
    if (queued.length === 0) return new Map();
    const inserted = await this.companies.insertFree(
      sql,
      queued.map(({ company }) => company),
    );
    const signedUp = queued.filter(({ company }) => inserted.has(company.id));
    const keys = signedUp.map(({ company, call }) => {
      const records = inNameOf(call, recorded);
      recordChange(records, 'company.create', null, company);
      return this.apiKeys.firstKeyOf(company.id, records);
    });
    this.keys.sendCompanyKeys(sql, keys);
    return new Map(signedUp.map((one, index) => [one, answer(recorded, one, keys[index]?.id ?? '')]));
  }
}

/** The answers that requests got before, and the refusals of keys that belong to other requests. */
async function findDecided(
  sql: PipelinedTransaction,
  queued: readonly QueuedSignUp[],
): Promise<Map<QueuedSignUp, Decision>> {
  const replays = await findReplays(
    sql,
    queued.map(({ call }) => call),
  );
  const decided = new Map<QueuedSignUp, Decision>();
  for (const [index, one] of queued.entries()) {
    const decision = replayed<SignUpAnswer>(one.call, replays[index]);
    if (decision !== undefined) decided.set(one, decision);
  }
  return decided;
}

function answer(recorded: PendingRecords, { company, call }: QueuedSignUp, keyId: string): Decision {
  const given = { company: presentCompany(call.caller, company), keyId };
  recorded.storeResponse(call, given, company.id);
  return { ok: true, answer: given };
}

function inNameOf(
  call: QueuedSignUp['call'],
  recorded: PendingRecords,
): Pick<TransactionContext, 'emit' | 'audit'> {
  return {
    emit: (contract, aggregateId, data) => recorded.emit(contract, aggregateId, data, call),
    audit: (entry) => recorded.audit(call, entry),
  };
}

export function takenCode(): Problem {
  return new Problem(
    'company.uscc_taken',
    'A company with this uscc is registered. Ask its colleagues for a key.',
  );
}
