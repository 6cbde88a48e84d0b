import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { getCompanyStates, getStopState, inLanguage, type BotLanguage } from '#contracts';
import { Rpc } from '#messaging';
import type { MessageEntity } from '../log/message.entity.js';
import type { DigestMessage } from './digest-line.js';

/** Names are asked for again after this. */
const rememberedForMs = 60_000;
const maxRemembered = 5_000;

type Name = { zh?: string | undefined; en?: string | undefined };

/** Knows what stops and companies are called. None of these names is a person's. */
@Injectable()
export class BotNames {
  private readonly stops = new LRUCache<string, { name: Name; timeZone: string }>({
    max: maxRemembered,
    ttl: rememberedForMs,
  });
  private readonly companies = new LRUCache<string, Name>({ max: maxRemembered, ttl: rememberedForMs });

  constructor(private readonly rpc: Rpc) {}

  /** Messages with the names of what they are about; those that are unavailable now are left out. */
  async describe(messages: readonly MessageEntity[], language: BotLanguage): Promise<DigestMessage[]> {
    await Promise.all([this.fetchStops(messages), this.fetchCompanies(messages)]);
    return messages.map(({ type, data, stopId, companyId }) => {
      const stop = stopId === null ? undefined : this.stops.get(stopId);
      const company = companyId === null ? undefined : this.companies.get(companyId);
      return {
        type,
        data,
        stop: stop === undefined ? null : inLanguage(stop.name, language),
        company: company === undefined ? null : inLanguage(company, language),
        timeZone: stop?.timeZone ?? 'UTC',
      };
    });
  }

  private async fetchStops(messages: readonly MessageEntity[]): Promise<void> {
    const ids = new Set(messages.flatMap(({ stopId }) => stopId ?? []));
    const unknown = [...ids].filter((id) => !this.stops.has(id));
    await Promise.all(
      unknown.map(async (id) => {
        const { stop } = await this.rpc.ask(getStopState, { id }).catch(() => ({ stop: null }));
        if (stop !== null) this.stops.set(id, { name: stop.name, timeZone: stop.timeZone });
      }),
    );
  }

  private async fetchCompanies(messages: readonly MessageEntity[]): Promise<void> {
    const ids = new Set(messages.flatMap(({ companyId }) => companyId ?? []));
    const unknown = [...ids].filter((id) => !this.companies.has(id));
    if (unknown.length === 0) return;
    const asked = this.rpc.ask(getCompanyStates, { ids: unknown });
    const { companies } = await asked.catch(() => ({ companies: [] }));
    for (const { companyId, name } of companies) this.companies.set(companyId, name);
  }
}
