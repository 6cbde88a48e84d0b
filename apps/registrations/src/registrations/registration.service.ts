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
import { newId, randomBytesOf } from '#persistence';
import { badgeFrom } from '../seats/badge.js';
import { CompanyRepository } from '../companies/company.repository.js';
import { StopRepository } from '../stops/stop.repository.js';
import type { Actor, Command } from '../seats/command.js';
import type { Delegate } from '../seats/delegation.js';
import { RegistrationReads } from './registration-reads.repository.js';
import { SeatDesk } from '../seating/seat-desk.js';
import type { SeatOrder } from '../seating/seat-order.js';

/** Random bytes of a badge: 160 bit, 32 characters. */
const badgeBytes = 20;

/** Turns requests into commands, with the ids and badges that deciding must not make, and hands them to the desk. */
@Injectable()
export class RegistrationService {
  constructor(
    private readonly stops: StopRepository,
    private readonly companies: CompanyRepository,
    private readonly reads: RegistrationReads,
    private readonly desk: SeatDesk<SeatOrder, unknown>,
  ) {}

  async register(input: InputOf<typeof registerDelegation>, call: CallContext): Promise<Registration> {
    const companyId = call.caller.companyId ?? '';
    await Promise.all([this.stops.require(input.stopId), this.companies.require(companyId)]);
    return this.order(input.stopId, call, {
      kind: 'register',
      companyId,
      registrationId: newId(),
      delegates: input.body.delegates.map(newDelegate),
      note: input.body.note ?? null,
    });
  }

  changeStatus(
    kind: 'cancel' | 'approve' | 'decline',
    id: string,
    call: CallContext,
    reason?: string | null,
  ): Promise<Registration> {
    return this.amend(id, call, (common) => ({ kind, ...common }), reason ?? undefined);
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

  erase(id: string, delegateId: string, call: CallContext): Promise<Registration> {
    return this.amend(id, call, (common) => ({ kind: 'erase', ...common, delegateId }));
  }

  private async amend(
    registrationId: string,
    call: CallContext,
    command: (common: { by: Actor; registrationId: string; ifMatch?: number | undefined }) => Command,
    reason?: string,
  ): Promise<Registration> {
    const stopId = await this.reads.stopOf(registrationId);
    if (stopId === undefined) throw notFound('registration');
    const common = { by: actorOf(call.caller), registrationId, ifMatch: call.ifMatch };
    return this.order(stopId, call, command(common), reason);
  }

  private order(stopId: string, call: CallContext, command: Command, reason?: string): Promise<Registration> {
    const order = reason === undefined ? { command, call } : { command, call, reason };
    return this.desk.submit(stopId, order) as Promise<Registration>;
  }
}

function actorOf({ role, companyId, organizationId }: Caller): Actor {
  if (role === 'company' && companyId !== undefined) return { role, companyId };
  if (role === 'organizer' && organizationId !== undefined) return { role, organizationId };
  throw new Problem('auth.forbidden', 'Only the company and the organizer can change a registration.');
}

function newDelegate({ name, email, mobile, jobTitle }: DelegateInput): Delegate {
  return { id: newId(), name, email, mobile: mobile ?? null, jobTitle: jobTitle ?? null, badge: newBadge() };
}

function newBadge(): string {
  return badgeFrom(randomBytesOf(badgeBytes));
}
