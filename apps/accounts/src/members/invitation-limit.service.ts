import { Injectable } from '@nestjs/common';
import { Problem } from '#contracts';
import { UnitOfWork } from '#persistence';
import { InvitationMailRepository } from './invitation-mail.repository.js';

/** Invitations that one address gets within an hour at most, from everybody together: no flood by many inviters. */
const maxPerHour = 10;
const hourMs = 3_600_000;

/** Counts the invitations to each address, by a hash alone, for all processes together. */
@Injectable()
export class InvitationLimit {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly mails: InvitationMailRepository,
  ) {}

  /** @throws Problem `rate.limited` for an address that got too many */
  async take(email: string): Promise<void> {
    await this.unitOfWork.transaction(async (manager) => {
      const now = new Date();
      const since = new Date(now.getTime() - hourMs);
      const sent = await this.mails.lockSince(manager, email, since);
      const blocking = sent.at(-maxPerHour);
      if (blocking !== undefined) throw tooMany(blocking.getTime() + hourMs - now.getTime());
      await this.mails.insert(manager, email, now);
    });
  }
}

function tooMany(waitMs: number): Problem {
  return new Problem(
    'rate.limited',
    'This address got many invitations within the last hour. Try again later.',
    {
      retryAfterSeconds: Math.ceil(waitMs / 1_000),
    },
  );
}
