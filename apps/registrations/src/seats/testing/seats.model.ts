import type { Actor, Command } from '../command.js';
import type { VerificationStatus } from '../decision.js';
import type { StopSnapshot } from '../stop-seats.js';

interface Person {
  id: string;
  name: string;
  email: string;
  badge: string | null;
}

/** One delegation in the model; the list of them keeps the order of arrival, which is also the order of the queue. */
export interface ModelDelegation {
  id: string;
  companyId: string;
  status: string;
  people: Person[];
  version: number;
}

/** What a caller sees of a command: a problem code, or the delegation as it now stands. */
export type ModelAnswer = { code: string } | { shown: ModelDelegation | null; position: number | null };

const movable = {
  cancel: ['confirmed', 'pending', 'waitlisted'],
  approve: ['pending'],
  decline: ['pending', 'waitlisted'],
  addDelegate: ['confirmed', 'pending', 'waitlisted'],
  substituteDelegate: ['confirmed', 'pending', 'waitlisted'],
  removeDelegate: ['confirmed', 'pending', 'waitlisted'],
  reissueBadge: ['confirmed', 'pending', 'waitlisted'],
};

/**
 * For tests only: the rules of the API written down the slow and obvious way, from its text and not from `decide`.
 * It keeps every delegation there ever was in one array and counts everything anew each time.
 */
export class SeatsModel {
  readonly all: ModelDelegation[] = [];

  constructor(
    public stop: StopSnapshot,
    private readonly standings: ReadonlyMap<string, VerificationStatus>,
  ) {}

  taken(): number {
    return this.seats('confirmed') + this.seats('pending');
  }

  seats(status: string): number {
    return this.with(status).reduce((sum, one) => sum + one.people.length, 0);
  }

  position(one: ModelDelegation): number | null {
    return one.status === 'waitlisted' ? this.with('waitlisted').indexOf(one) + 1 : null;
  }

  do(command: Command, now: Date): ModelAnswer {
    if (command.kind === 'stopChanged') return this.changeStop(command.stop, now);
    if (command.kind === 'register') return this.register(command, now);
    if ((command.kind === 'approve' || command.kind === 'decline') && command.by.role === 'company') {
      return { code: 'auth.forbidden' };
    }
    const one = this.all.find(({ id }) => id === command.registrationId);
    if (one === undefined || !this.sees(command.by, one)) return { code: 'resource.not_found' };
    if (
      'delegateId' in command &&
      command.delegateId !== null &&
      !one.people.some(({ id }) => id === command.delegateId)
    ) {
      return { code: 'resource.not_found' };
    }
    if (command.ifMatch !== undefined && command.ifMatch !== one.version)
      return { code: 'precondition.failed' };
    if (command.kind === 'erase') return this.erase(one, command.delegateId);
    const code = this.change(one, command, now);
    return code === null ? this.show(one) : { code };
  }

  private register(command: Extract<Command, { kind: 'register' }>, now: Date): ModelAnswer {
    const people = command.delegates.map(({ id, name, email, badge }) => ({ id, name, email, badge }));
    const { stop } = this;
    if (new Set(people.map(({ email }) => email.toLowerCase())).size < people.length)
      return { code: 'request.invalid' };
    if (stop.status === 'draft') return { code: 'resource.not_found' };
    if (this.standing(command.companyId) === 'suspended') return { code: 'company.suspended' };
    const shut = this.over() ?? this.window(now);
    if (shut !== null) return { code: shut };
    if (stop.verifiedOnly && this.standing(command.companyId) !== 'verified')
      return { code: 'company.unverified' };
    const live = ['confirmed', 'pending', 'waitlisted'];
    if (this.all.some(({ companyId, status }) => companyId === command.companyId && live.includes(status))) {
      return { code: 'registration.duplicate' };
    }
    if (this.tooMany(people.length)) return { code: 'registration.too_many_delegates' };
    const fits = this.hasRoom(people.length);
    if (!fits && !stop.waitlist) return { code: 'registration.full' };
    const one = { id: command.registrationId, companyId: command.companyId, people, version: 1 };
    this.all.push({ ...one, status: fits ? this.seated() : 'waitlisted' });
    return this.show(this.all.at(-1));
  }

  private change(
    one: ModelDelegation,
    command: Exclude<Command, { kind: 'register' | 'stopChanged' | 'erase' }>,
    now: Date,
  ): string | null {
    const company = command.by.role === 'company';
    if (command.kind === 'addDelegate' && company && this.standing(one.companyId) === 'suspended') {
      return 'company.suspended';
    }
    const from = movable[command.kind];
    const changesStatus =
      command.kind === 'cancel' || command.kind === 'approve' || command.kind === 'decline';
    if (changesStatus && !from.includes(one.status)) return 'registration.invalid_transition';
    const shut =
      this.over() ??
      this.clock(command.kind, company, now) ??
      (command.kind === 'addDelegate' && company ? this.window(now) : null);
    if (shut !== null) return shut;
    if (!from.includes(one.status)) return 'registration.invalid_transition';
    switch (command.kind) {
      case 'cancel':
        return this.end(one, 'cancelled', now);
      case 'decline':
        return this.end(one, 'declined', now);
      case 'approve':
        one.status = 'confirmed';
        one.version += 1;
        return null;
      case 'addDelegate':
        return this.add(one, command);
      case 'removeDelegate':
        return this.remove(one, command.delegateId, now);
      case 'substituteDelegate':
        return this.substitute(one, command);
      case 'reissueBadge':
        return this.reissue(one, command);
    }
  }

  private end(one: ModelDelegation, status: string, now: Date): null {
    one.status = status;
    one.version += 1;
    this.promote(now);
    return null;
  }

  private add(one: ModelDelegation, command: Extract<Command, { kind: 'addDelegate' }>): string | null {
    const { stop } = this;
    const { id, name, email, badge } = command.delegate;
    if (command.by.role === 'company' && stop.verifiedOnly && this.standing(one.companyId) !== 'verified') {
      return 'company.unverified';
    }
    if (one.people.some((person) => person.email.toLowerCase() === email.toLowerCase()))
      return 'request.invalid';
    if (this.tooMany(one.people.length + 1)) return 'registration.too_many_delegates';
    if (one.status !== 'waitlisted' && !this.hasRoom(1)) return 'registration.full';
    one.people = [...one.people, { id, name, email, badge }];
    one.version += 1;
    return null;
  }

  private remove(one: ModelDelegation, delegateId: string, now: Date): string | null {
    if (one.people.length === 1) return 'registration.last_delegate';
    one.people = one.people.filter(({ id }) => id !== delegateId);
    one.version += 1;
    this.promote(now);
    return null;
  }

  private substitute(
    one: ModelDelegation,
    command: Extract<Command, { kind: 'substituteDelegate' }>,
  ): string | null {
    const old = one.people.find(({ id }) => id === command.delegateId);
    if (old === undefined) return 'resource.not_found';
    const email = command.patch.email ?? old.email;
    const name = command.patch.name ?? old.name;
    const clash = one.people.some((p) => p !== old && p.email.toLowerCase() === email.toLowerCase());
    if (clash) return 'request.invalid';
    if (email === old.email && name === old.name) return null;
    const badge = email.toLowerCase() === old.email.toLowerCase() ? old.badge : command.newBadge;
    one.people = one.people.map((person) => (person === old ? { id: old.id, name, email, badge } : person));
    one.version += 1;
    return null;
  }

  private reissue(one: ModelDelegation, command: Extract<Command, { kind: 'reissueBadge' }>): null {
    one.people = one.people.map((person) =>
      person.id === command.delegateId ? { ...person, badge: command.newBadge } : person,
    );
    one.version += 1;
    return null;
  }

  /** Who was erased already stays as he is, and the version too. */
  private erase(one: ModelDelegation, delegateId: string | null): ModelAnswer {
    const people = one.people.map((person) =>
      delegateId === null || person.id === delegateId
        ? { id: person.id, name: '—', email: `erased-${person.id}@erased.invalid`, badge: null }
        : person,
    );
    if (JSON.stringify(people) !== JSON.stringify(one.people)) one.version += 1;
    one.people = people;
    return this.show(one);
  }

  private changeStop(stop: StopSnapshot, now: Date): ModelAnswer {
    if (stop.stopVersion > this.stop.stopVersion) {
      this.stop = stop;
      for (const one of this.all) {
        if (stop.status !== 'cancelled' || !['confirmed', 'pending', 'waitlisted'].includes(one.status))
          continue;
        one.status = 'cancelled';
        one.version += 1;
      }
      this.promote(now);
    }
    return { shown: null, position: null };
  }

  private promote(now: Date): void {
    if (this.stop.status !== 'published' || now.getTime() >= this.stop.endsAt.getTime()) return;
    for (const one of this.with('waitlisted')) {
      const fits = this.taken() + one.people.length <= this.stop.capacity;
      if (fits) {
        one.status = this.seated();
        one.version += 1;
      } else if (this.stop.waitlistPolicy === 'strict' && one.people.length <= this.stop.capacity) return;
    }
  }

  private hasRoom(seats: number): boolean {
    const ahead = this.with('waitlisted').some(({ people }) => people.length <= this.stop.capacity);
    if (this.stop.waitlistPolicy === 'strict' && ahead) return false;
    return this.taken() + seats <= this.stop.capacity;
  }

  with(status: string): ModelDelegation[] {
    return this.all.filter((one) => one.status === status);
  }

  private sees(by: Actor, one: ModelDelegation): boolean {
    if (by.role === 'company') return by.companyId === one.companyId;
    return by.organizationId === this.stop.organizationId;
  }

  private over(): string | null {
    if (this.stop.status === 'completed') return 'registration.closed';
    return this.stop.status === 'cancelled' ? 'stop.cancelled' : null;
  }

  /** What the stop's times say of a change of a registration. */
  private clock(kind: string, company: boolean, now: Date): string | null {
    const { startsAt, changesUntil, endsAt } = this.stop;
    if (now.getTime() >= endsAt.getTime()) return 'registration.closed';
    if (!company || now.getTime() < changesUntil.getTime()) return null;
    if (kind === 'cancel') return now.getTime() >= startsAt.getTime() ? 'registration.frozen' : null;
    return kind.endsWith('Delegate') ? 'registration.frozen' : null;
  }

  private window(now: Date): string | null {
    if (now.getTime() < this.stop.opensAt.getTime()) return 'registration.not_open';
    return now.getTime() < this.stop.closesAt.getTime() ? null : 'registration.closed';
  }

  private tooMany(seats: number): boolean {
    const { maxDelegatesPerCompany, capacity } = this.stop;
    return seats > capacity || seats > maxDelegatesPerCompany;
  }

  private seated(): string {
    return this.stop.approval === 'manual' ? 'pending' : 'confirmed';
  }

  private standing(companyId: string): string {
    return this.standings.get(companyId) ?? 'unverified';
  }

  private show(one: ModelDelegation | undefined): ModelAnswer {
    if (one === undefined) return { shown: null, position: null };
    return { shown: { ...one }, position: this.position(one) };
  }
}
