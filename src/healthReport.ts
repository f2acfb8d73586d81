/**
 * What `GET /healthz` says, gathered from the rooms that can fail.
 */
import type { Delivery } from './delivery/delivery.ts';
import { pauseWarnings } from './deliveryLog.ts';
import type { HealthReport } from './health.ts';
import type { Ingestion } from './ingestion.ts';
import type { Supervisor } from './telegram/supervisor.ts';

export interface HealthSources {
  /** Null until Telegram has said who the bot is. */
  hearing: Supervisor | null;
  /** Null likewise. */
  delivery: Delivery | null;
  ingestion: Ingestion;
  /** Epoch milliseconds. */
  now: number;
}

export function healthReport({ hearing, delivery, ingestion, now }: HealthSources): HealthReport {
  const sending = delivery?.health() ?? { ok: true };
  const problems = [
    hearing === null ? 'Telegram has not answered yet' : hearing.problem(),
    sending.ok ? null : `${sending.problem}: ${sending.detail}`,
  ];
  return {
    problems: problems.filter((problem) => problem !== null),
    warnings: [
      ...[ingestion.problem()].filter((warning) => warning !== null),
      ...(delivery === null ? [] : pauseWarnings(delivery.pauses(), now)),
    ],
  };
}
