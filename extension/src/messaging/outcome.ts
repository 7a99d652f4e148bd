import type { Problem } from '#shared/contracts/parts.ts';

/** Why a question got no answer, as data: classes do not survive the message boundary. */
export type Failure =
  | { kind: 'api'; problem: Problem }
  | { kind: 'unreachable'; message: string }
  /** The background does not take this question from this sender, or not in this shape. */
  | { kind: 'refused'; message: string };
export type Outcome<Value> = { ok: true; value: Value } | { ok: false; failure: Failure };
