import { showTime } from './params.ts';
import type { TiktokObject } from './store.ts';

interface Change {
  at: number;
  advertiserId: string;
  objectId: string;
  objectType: 'AD' | 'ADGROUP' | 'CAMPAIGN';
  name: string;
  /** Who did it, in the platform's words: an app, or a person in the native manager. */
  source: 'Ads Manager' | 'API';
  fields: { name: string; before: unknown; after: unknown }[];
}

const word = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? ''));
const TYPES: Partial<Record<TiktokObject['kind'], Change['objectType']>> = { ad: 'AD', adgroup: 'ADGROUP', campaign: 'CAMPAIGN' };

/** Who changed what: told apart are our own calls and edits by people. Shape [T]. */
export class ChangeLog {
  #changes: Change[] = [];

  record(object: TiktokObject, changes: Record<string, unknown>, at: number, source: Change['source']): void {
    const objectType = TYPES[object.kind];
    if (objectType === undefined || object.advertiserId === null) return;
    const fields = Object.entries(changes)
      .filter(([name, after]) => word(object.fields[name]) !== word(after))
      .map(([name, after]) => ({ name, before: object.fields[name], after }));
    if (fields.length === 0) return;
    const name = word(object.fields[`${object.kind}_name`]);
    this.#changes.push({ at, advertiserId: object.advertiserId, objectId: object.id, objectType, name, source, fields });
  }

  show(
    advertiserId: string,
    since: number,
    until: number,
    objectIds: readonly string[] | null,
  ): { changes: Record<string, number>; logs: unknown[] } {
    const found = this.#changes.filter(
      (change) =>
        change.advertiserId === advertiserId &&
        change.at >= since &&
        change.at <= until &&
        (objectIds === null || objectIds.includes(change.objectId)),
    );
    const count = (pattern: RegExp): number => found.filter((change) => change.fields.some((field) => pattern.test(field.name))).length;
    return {
      changes: {
        budget: count(/budget/),
        bid: count(/bid/),
        status: count(/status/),
        targeting: count(/targeting|location|audience|age|gender/),
      },
      logs: found.map((change) => ({
        time: showTime(change.at),
        log_object_type: change.objectType,
        object_id: change.objectId,
        object: change.name,
        operator: change.source === 'API' ? 'API' : 'Sandbox user',
        source: change.source,
        activity_details: change.fields.map((field) => ({
          action: 'UPDATE',
          name: field.name,
          before_after: [{ before: { value: word(field.before) }, after: { value: word(field.after) } }],
        })),
      })),
    };
  }

  snapshot(): unknown {
    return this.#changes;
  }

  restore(state: unknown): void {
    this.#changes = [...(state as Change[])];
  }
}
