import type { Stack } from '../stack.ts';

/** One promise of the goal table, measured: what was done, and what was seen beside what is tolerated. */
export interface TrustRow {
  /** Its name in the table, such as "C4". */
  row: string;
  promise: string;
  run(stage: TrustStage): Promise<TrustResult>;
}
export interface TrustStage {
  /** A throw-away stack of its own for the row: production's bundle, Postgres, sandbox. */
  stack: Stack;
  /** How much of the table's number this run does: 1 with --full, else 1/20; at least 1. */
  scaled(full: number): number;
  /** Seed of everything random in the row, printed. */
  seed: number;
  say(line: string): void;
}
export interface TrustResult {
  ok: boolean;
  /** In camelCase, counts and milliseconds. */
  figures: Record<string, number | string | boolean>;
}
