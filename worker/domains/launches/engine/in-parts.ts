import type { ObjectKind } from '../../../platforms/ads/ad-platform.ts';
import { sideBySide } from '../../../platforms/http/side-by-side.ts';
import type { Run } from './run-state.ts';

/** Outgoing calls at a time, as everywhere in the engine. */
const LANES = 4;

/**
 * Reads and sets on many rows, in parts of one kind that fit one call of the platform, four at a time. Each part is asked for and repeated on
 * its own: one bad answer of forty does not begin the others anew. Results come in the order of the parts.
 * @throws what the first part that failed threw, once all that were under way have ended
 */
export const inParts = <Row extends { kind: ObjectKind }, Result>(
  run: Pick<Run, 'platform'>,
  rows: readonly Row[],
  work: (part: Row[], kind: ObjectKind) => Promise<Result>,
): Promise<Result[]> => sideBySide(LANES, partsOf(rows, run.platform.objects.mostNamed), ({ kind, part }) => work(part, kind));

/** Of one kind each: most platforms read and list by kind. */
function partsOf<Row extends { kind: ObjectKind }>(rows: readonly Row[], size: number): { kind: ObjectKind; part: Row[] }[] {
  return [...new Set(rows.map((row) => row.kind))].flatMap((kind) => {
    const mine = rows.filter((row) => row.kind === kind);
    return Array.from({ length: Math.ceil(mine.length / size) }, (_, i) => ({ kind, part: mine.slice(i * size, (i + 1) * size) }));
  });
}
