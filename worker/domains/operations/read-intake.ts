import { eq, sum } from 'drizzle-orm';
import { webhookRefusals } from '#schema/index.ts';
import type { Ports } from '../../kernel/context.ts';
import { oldestPending, WEBHOOK_SOURCES } from '../../kernel/raw-webhooks.ts';

export interface Intake {
  source: string;
  /** Age of the oldest delivery that has not taken effect; null = none waits. */
  lagSeconds: number | null;
  refusedToday: number;
}

export async function readIntake(ports: Ports): Promise<Intake[]> {
  const now = ports.now();
  const refused = await ports.database.within({}).read((q) =>
    q
      .select({ source: webhookRefusals.source, n: sum(webhookRefusals.n).mapWith(Number) })
      .from(webhookRefusals)
      .where(eq(webhookRefusals.day, now.toISOString().slice(0, 10)))
      .groupBy(webhookRefusals.source),
  );
  return Promise.all(
    WEBHOOK_SOURCES.map(async (source) => {
      const oldest = await oldestPending(ports, source);
      return {
        source,
        lagSeconds: oldest && Math.max(0, Math.round((now.getTime() - oldest.getTime()) / 1000)),
        refusedToday: refused.find((row) => row.source === source)?.n ?? 0, // no row: none was refused
      };
    }),
  );
}
