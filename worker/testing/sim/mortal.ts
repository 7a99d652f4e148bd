import type { Ports } from '../../kernel/context.ts';

/** Where a worker can die: before or after whatever it waits for. */
export interface Mortality {
  /** True = it dies here. `where` names the waiting point. */
  strikes(where: string): boolean;
  /** Milliseconds for which it stands still there, as a paused isolate does, and goes on as if nothing had been. */
  stalls?(where: string): number;
}
export interface MortalWorker {
  ports: Ports;
  /** Rejects when the worker dies; what it had begun goes on or not, but nobody hears of it. */
  death: Promise<never>;
}
export class Died extends Error {}

/** Ports of one invocation that may be killed at any await: from then on nothing it asks for happens, and nothing answers. */
export function mortal(ports: Ports, mortality: Mortality): MortalWorker {
  let kill: (error: Died) => void = () => undefined;
  const death = new Promise<never>((_, reject) => (kill = reject));
  death.catch(() => undefined);
  let isDead = false;
  const never = <T>(): Promise<T> => new Promise<T>(() => undefined);
  const die = <T>(where: string): Promise<T> => {
    isDead = true;
    kill(new Died(where));
    return never<T>();
  };
  const fragile = async <T>(where: string, work: () => Promise<T>): Promise<T> => {
    if (isDead) return never<T>();
    if (mortality.strikes(`${where} before`)) return die<T>(where);
    const outcome = await work().then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    if (isDead) return never<T>();
    if (mortality.strikes(`${where} after`)) return die<T>(where);
    const stallMs = mortality.stalls?.(`${where} after`) ?? 0;
    if (stallMs > 0) await ports.sleep(stallMs);
    if ('error' in outcome) throw outcome.error;
    return outcome.value;
  };
  const { database, bindings } = ports;
  return {
    death,
    ports: {
      ...ports,
      sleep: (ms) => fragile('sleep', () => ports.sleep(ms)),
      outside: (url, init) => fragile('call', () => ports.outside(url, init)),
      database: {
        ...database,
        within: (scope) => {
          const walled = database.within(scope);
          return {
            read: (build) => fragile('read', () => walled.read(build)),
            transaction: (work) => fragile('transaction', () => walled.transaction(work)),
          };
        },
      },
      bindings: { ...bindings, RATE_BUDGET: fragileBudget(bindings.RATE_BUDGET, fragile) },
    },
  };
}

type Fragile = <T>(where: string, work: () => Promise<T>) => Promise<T>;
type Budgets = Ports['bindings']['RATE_BUDGET'];

function fragileBudget(budgets: Budgets, fragile: Fragile): Budgets {
  return {
    idFromName: (name: string) => budgets.idFromName(name),
    get: (id: Parameters<Budgets['get']>[0]) => {
      const budget = budgets.get(id);
      return {
        take: (...args: Parameters<typeof budget.take>) => fragile('permit', async () => budget.take(...args)),
        tier: () => budget.tier(),
      };
    },
  } as unknown as Budgets;
}
