import { Injectable } from '@nestjs/common';
import type { Localized } from '#contracts';
import type { Reader } from '#persistence';
import type { MembershipNames } from './me.js';

/** Reads what organizations and companies are called. */
@Injectable()
export class NamesRepository {
  async find(
    manager: Reader,
    owners: readonly { organizationId: string | null; companyId: string | null }[],
  ): Promise<Pick<MembershipNames, 'organizations' | 'companies'>> {
    return {
      organizations: await this.namesIn(
        manager,
        'organizations',
        owners.flatMap((one) => one.organizationId ?? []),
      ),
      companies: await this.namesIn(
        manager,
        'companies',
        owners.flatMap((one) => one.companyId ?? []),
      ),
    };
  }

  private async namesIn(
    manager: Reader,
    table: 'organizations' | 'companies',
    ids: readonly string[],
  ): Promise<Map<string, Localized>> {
    if (ids.length === 0) return new Map();
    const rows = (await manager.query(`SELECT id, name FROM ${table} WHERE id = ANY($1::uuid[])`, [ids])) as {
      id: string;
      name: Localized;
    }[];
    return new Map(rows.map(({ id, name }) => [id, name]));
  }
}
