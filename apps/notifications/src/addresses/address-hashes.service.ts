import { createHmac, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '#service';
import type { NotificationsConfig } from '../config.js';
import { familyOf } from './mailbox-family.js';

const hashBytes = 16;
const macBytes = 12;

/**
 * Names addresses without keeping them: an HMAC with a key of the installation. Who has a backup and no key can not find
 * out whether an address is in it.
 */
@Injectable()
export class AddressHashes {
  private readonly key: Buffer;

  constructor(@Inject(CONFIG) config: NotificationsConfig) {
    this.key = createHmac('sha256', Buffer.from(config.WEBHOOK_SECRET, 'hex'))
      .update('mail addresses')
      .digest();
  }

  of(address: string): string {
    return this.mac(`address ${address.toLowerCase()}`, hashBytes).toString('hex');
  }

  /** A family of public mailboxes by its name, any other domain by its hash: where mails wait for each other. */
  domainKeyOf(address: string): string {
    const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
    return familyOf(domain) ?? this.mac(`domain ${domain}`, hashBytes).toString('hex');
  }

  /** For links that end an organization's announcements to an address: both are in it, and nobody can make one up. */
  unsubscribeToken(organizationId: string, addressHash: string): string {
    const body = Buffer.concat([
      Buffer.from(organizationId.replaceAll('-', ''), 'hex'),
      Buffer.from(addressHash, 'hex'),
    ]);
    return Buffer.concat([body, this.mac(`unsubscribe ${body.toString('hex')}`, macBytes)]).toString(
      'base64url',
    );
  }

  /** Undefined for what no mail held. */
  readUnsubscribeToken(token: string): { organizationId: string; addressHash: string } | undefined {
    const bytes = Buffer.from(token, 'base64url');
    if (bytes.length !== hashBytes * 2 + macBytes || bytes.toString('base64url') !== token) return undefined;
    const body = bytes.subarray(0, hashBytes * 2);
    const mac = this.mac(`unsubscribe ${body.toString('hex')}`, macBytes);
    if (!timingSafeEqual(mac, bytes.subarray(hashBytes * 2))) return undefined;
    const hex = body.subarray(0, hashBytes).toString('hex');
    const organizationId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    return { organizationId, addressHash: body.subarray(hashBytes).toString('hex') };
  }

  private mac(text: string, bytes: number): Buffer {
    return createHmac('sha256', this.key).update(text).digest().subarray(0, bytes);
  }
}
