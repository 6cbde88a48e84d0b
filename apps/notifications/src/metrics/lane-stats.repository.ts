import { Injectable } from '@nestjs/common';
import { FAILURES_UNTIL_DOWN } from '#deliveries';
import type { Reader } from '#persistence';
import type { Channel } from './delivery.metrics.js';

export interface LaneStats {
  readonly channel: Channel;
  readonly up: number;
  readonly down: number;
  readonly waiting: number;
  /** In seconds; 0 where nothing waits for a receiver that works. */
  readonly oldestSeconds: number;
}

const ofWebhooks = `
  SELECT 'webhook' AS channel,
         count(*) FILTER (WHERE failures < $1)::integer AS up,
         count(*) FILTER (WHERE failures >= $1)::integer AS down,
         coalesce(sum(waiting), 0)::integer AS waiting,
         coalesce(extract(epoch FROM now() - min(since) FILTER (WHERE failures = 0)), 0)::float8 AS "oldestSeconds"
    FROM webhooks
    JOIN lanes ON webhook_id = webhooks.id
    LEFT JOIN (SELECT webhook_id, count(*) AS waiting, min(waiting_since) AS since
                 FROM deliveries WHERE deliveries.state = 'waiting' GROUP BY webhook_id) AS own USING (webhook_id)
   WHERE webhooks.state = 'active'`;

const ofBots = `
  SELECT 'bot' AS channel,
         count(*) FILTER (WHERE failures < $1)::integer AS up,
         count(*) FILTER (WHERE failures >= $1)::integer AS down,
         count(since)::integer AS waiting,
         coalesce(extract(epoch FROM now() - min(since) FILTER (WHERE failures = 0)), 0)::float8 AS "oldestSeconds"
    FROM bots
    LEFT JOIN LATERAL (SELECT messages.time AS since FROM messages
                        WHERE messages.organization_id = bots.organization_id AND messages.seq > bots.seq
                        ORDER BY messages.seq LIMIT 1) AS next ON true
   WHERE bots.state = 'active'`;

/** Counts lanes and what waits in them. */
@Injectable()
export class LaneStatsRepository {
  async read(manager: Reader): Promise<LaneStats[]> {
    const rows: LaneStats[] = [];
    for (const statement of [ofWebhooks, ofBots])
      rows.push(...((await manager.query(statement, [FAILURES_UNTIL_DOWN])) as LaneStats[]));
    return rows;
  }
}
