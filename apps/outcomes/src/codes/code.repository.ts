import { Injectable } from '@nestjs/common';
import type { Localized, VerifiedStatus } from '#contracts';
import { plainArray, type Reader, type Transaction } from '#persistence';
import type { NamedKind } from './code-derivation.service.js';

/** What a code names, as it is printed. */
export interface NamedThing {
  readonly kind: NamedKind;
  readonly number: number | null;
  readonly name: Localized | null;
  readonly holder: string | null;
  readonly companyNames: Localized[] | null;
  readonly issuers: string[] | null;
  readonly title: Localized | null;
  readonly announcedAt: Date;
  readonly status: VerifiedStatus;
  readonly replacedById: string | null;
}

/** The codes that were given out. */
@Injectable()
export class CodeRepository {
  async insert(
    manager: Transaction,
    kind: NamedKind,
    codes: readonly { readonly id: string; readonly hash: Buffer }[],
  ): Promise<void> {
    await manager.query(
      `INSERT INTO codes (hash, kind, named_id) SELECT decode(hash, 'hex'), $1, id
         FROM unnest($2::text[], $3::uuid[]) AS code (hash, id)`,
      [
        kind,
        plainArray(codes.map(({ hash }) => hash.toString('hex'))),
        plainArray(codes.map(({ id }) => id)),
      ],
    );
  }

  /** One statement does the same work whether the code is known or not. */
  async find(manager: Reader, hash: Buffer): Promise<NamedThing | null> {
    const rows = (await manager.query(
      `SELECT c.kind, m.number,
              m.name, e.holder, p.issuers,
              (SELECT json_agg(k.name ORDER BY o.n) FROM unnest(a.company_ids) WITH ORDINALITY AS o (id, n)
                 JOIN companies k ON k.id = o.id) AS "companyNames",
              coalesce(b.alliance, a.title, p.title, e.session_title, s.state->'name') AS title,
              coalesce(b.announced_at, a.announced_at, p.announced_at, e.issued_at) AS "announcedAt",
              CASE WHEN e.id IS NOT NULL THEN e.status WHEN r.id IS NOT NULL THEN 'replaced' ELSE 'valid' END AS status,
              coalesce(e.replaced_by, r.id) AS "replacedById"
         FROM codes c
         LEFT JOIN members m ON c.kind = 'membership' AND m.id = c.named_id
         LEFT JOIN membership_batches b ON b.id = m.batch_id
         LEFT JOIN cases a ON c.kind = 'case' AND a.id = c.named_id
         LEFT JOIN papers p ON c.kind = 'paper' AND p.id = c.named_id
         LEFT JOIN certificates e ON c.kind = 'certificate' AND e.id = c.named_id
         LEFT JOIN stops s ON s.id = e.stop_id
         LEFT JOIN LATERAL (
           SELECT id FROM members WHERE c.kind = 'membership' AND corrects = c.named_id AND number IS NOT NULL
           UNION ALL SELECT id FROM cases WHERE c.kind = 'case' AND corrects = c.named_id AND announced_at IS NOT NULL
           UNION ALL SELECT id FROM papers WHERE c.kind = 'paper' AND corrects = c.named_id AND announced_at IS NOT NULL
         ) r ON true
        WHERE c.hash = $1`,
      [hash],
    )) as NamedThing[];
    return rows[0] ?? null;
  }
}
