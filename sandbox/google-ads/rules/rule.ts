import type { Operation } from '../operation.ts';
import type { Fields } from '../read-message.ts';
import type { Resource } from '../store.ts';

/** What the platform wants of one kind of resource, beyond the shape that the protos give it. */
export interface Rule {
  /** Judges a new resource and completes what the platform fills in itself. References are known to exist. */
  create(op: Operation, fields: Fields): void;
  /** Words it is found under: names that must stay unique, parents. */
  keys?(fields: Fields, customerId: string): string[];
  update?(op: Operation, fields: Fields, before: Resource): void;
  /** A removed link is gone; other things stay and say REMOVED. Absent: the platform does not remove this. */
  removal?: 'gone' | 'status';
  removed?(op: Operation, before: Resource): void;
  /** Content that exists already: the old resource is answered and nothing made. */
  same?(op: Operation, fields: Fields): Resource | undefined;
}

export const isRemoved = (fields: Fields): boolean => fields['status'] === 'REMOVED';
