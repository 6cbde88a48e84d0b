import { Injectable } from '@nestjs/common';
import {
  Problem,
  notFound,
  type Caller,
  type DelegateInput,
  type InputOf,
  type Registration,
  type registerDelegation,
  type substituteDelegate,
} from '#contracts';
import type { CallContext } from '#messaging';
import { Database, newId, randomBytesOf } from '#persistence';
import { badgeFrom } from '../seats/badge.js';
import { CompanyProjectionService } from '../companies/company-projection.service.js';
import { StopProjectionService } from '../stops/stop-projection.service.js';
import type { Actor, Command } from '../seats/command.js';
import type { Delegate } from '../seats/delegation.js';
import { RegistrationRepository } from './registration.repository.js';
import { SeatCommandQueue } from '../seating/seat-command.queue.js';

/** Random bytes of a badge: 160 bit, 32 characters. */
const badgeBytes = 20;

/** Turns requests into commands, with the ids and badges that deciding must not make, and submits them to the queue. */
@Injectable()
export class RegistrationService {
  constructor(
    private readonly database: Database,
    private readonly stops: StopProjectionService,
    private readonly companies: CompanyProjectionService,
    private readonly registrations: RegistrationRepository,
    private readonly queue: SeatCommandQueue,
  ) {}

  async register(input: InputOf<typeof registerDelegation>, call: CallContext): Promise<Registration> {
    const companyId = call.caller.companyId ?? '';
    await Promise.all([this.stops.require(input.stopId), this.companies.require(companyId)]);
    return this.submit(input.stopId, call, {
      kind: 'register',
      companyId,
      registrationId: newId(),
      delegates: input.body.delegates.map(newDelegate),
      note: input.body.note === '' ? null : (input.body.note ?? null),
      consentTextVersion: input.body.consent?.textVersion ?? null,
    });
  }

  changeStatus(
    kind: 'cancel' | 'approve' | 'decline',
    id: string,
    call: CallContext,
    reason?: string | null,
  ): Promise<Registration> {
    const given = reason === '' ? null : (reason ?? null);
    return this.amend(id, call, (common) => ({ kind, ...common, reason: given }), given ?? undefined);
  }

  add(id: string, input: DelegateInput, call: CallContext): Promise<Registration> {
    return this.amend(id, call, (common) => ({
      kind: 'addDelegate',
      ...common,
      delegate: newDelegate(input),
    }));
  }

  substitute(
    { id, delegateId, body }: InputOf<typeof substituteDelegate>,
    call: CallContext,
  ): Promise<Registration> {
    const rest = { delegateId, patch: body, newBadge: newBadge() };
    return this.amend(id, call, (common) => ({ kind: 'substituteDelegate', ...common, ...rest }));
  }

  remove(id: string, delegateId: string, call: CallContext): Promise<Registration> {
    return this.amend(id, call, (common) => ({ kind: 'removeDelegate', ...common, delegateId }));
  }

  reissueBadge(id: string, delegateId: string, call: CallContext): Promise<Registration> {
    const rest = { delegateId, newBadge: newBadge() };
    return this.amend(id, call, (common) => ({ kind: 'reissueBadge', ...common, ...rest }));
  }

  erase(id: string, delegateId: string, call: CallContext): Promise<Registration> {
    return this.amend(id, call, (common) => ({ kind: 'erase', ...common, delegateId }));
  }

  private async amend(
    registrationId: string,
    call: CallContext,
    command: (common: { by: Actor; registrationId: string; ifMatch?: number | undefined }) => Command,
    reason?: string,
  ): Promise<Registration> {
    const stopId = await this.registrations.findStopId(this.database, registrationId);
    if (stopId === undefined) throw notFound('registration');
    const common = { by: actorOf(call.caller), registrationId, ifMatch: call.ifMatch };
    return this.submit(stopId, call, command(common), reason);
  }

  private submit(
    stopId: string,
    call: CallContext,
    command: Command,
    reason?: string,
  ): Promise<Registration> {
    const queued = { stopId, command, call, ...(reason === undefined ? {} : { reason }) };
    return this.queue.submit(queued) as Promise<Registration>;
  }
}

function actorOf({ role, companyId, organizationId }: Caller): Actor {
  if (role === 'company' && companyId !== undefined) return { role, companyId };
  if (role === 'organizer' && organizationId !== undefined) return { role, organizationId };
  throw new Problem('auth.forbidden', 'Only the company and the organizer can change a registration.');
}

function newDelegate({ name, email, mobile, jobTitle, language }: DelegateInput): Delegate {
  return {
    id: newId(),
    name,
    email,
    mobile: mobile ?? null,
    jobTitle: jobTitle ?? null,
    language: language ?? null,
    badge: newBadge(),
  };
}

function newBadge(): string {
  return badgeFrom(randomBytesOf(badgeBytes));
}
