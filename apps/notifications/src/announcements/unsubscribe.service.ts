import { Injectable } from '@nestjs/common';
import { notFound } from '#contracts';
import { UnitOfWork } from '#persistence';
import { AddressHashes } from '../addresses/address-hashes.service.js';
import { RefusalRepository } from '../addresses/refusals.repository.js';
import { unsubscribePage } from './unsubscribe-page.js';

/** Ends announcements and reminders of an organization to an address; the link in the mail says to which. */
@Injectable()
export class UnsubscribeService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly hashes: AddressHashes,
    private readonly refusals: RefusalRepository,
  ) {}

  show(token: string): Promise<{ html: string }> {
    this.read(token);
    return Promise.resolve({ html: unsubscribePage(false) });
  }

  /** Repeating it changes nothing more. */
  async unsubscribe(token: string): Promise<{ html: string }> {
    const { organizationId, addressHash } = this.read(token);
    await this.unitOfWork.transaction((manager) =>
      this.refusals.unsubscribe(manager, organizationId, addressHash),
    );
    return { html: unsubscribePage(true) };
  }

  private read(token: string) {
    const read = this.hashes.readUnsubscribeToken(token);
    if (read === undefined) throw notFound('link');
    return read;
  }
}
