export type Json = Record<string, unknown>;

export type SnapKind =
  | 'ad'
  | 'adaccount'
  | 'adsquad'
  | 'campaign'
  | 'creative'
  | 'form'
  | 'fundingsource'
  | 'integration'
  | 'lead'
  | 'media'
  | 'organization'
  | 'pixel'
  | 'profile'
  | 'report'
  | 'segment'
  | 'user';

export interface SnapObject {
  id: string;
  kind: SnapKind;
  /** Null for people, organizations and profiles. */
  accountId: string | null;
  /** As the platform answers it; ids, times and what is computed are added when it is shown. */
  fields: Json;
  /** What the platform knows and does not show: file digests, verdicts, secrets. */
  hidden: Json;
  createdAt: number;
  updatedAt: number;
  /** Lists leave it out before this moment; a read by id does not. */
  visibleAt: number;
  requestId: string;
  /** Generated; only its changes are written to the state file. */
  demo: boolean;
  deleted: boolean;
}

/** What an object hangs below; it cannot change. */
const BELOW: Partial<Record<SnapKind, string>> = { adsquad: 'campaign_id', ad: 'ad_squad_id' };

/** All objects by id, with lists per kind and per parent in order of creation. */
export class SnapStore {
  #objects = new Map<string, SnapObject>();
  #byKind = new Map<SnapKind, SnapObject[]>();
  #below = new Map<string, SnapObject[]>();
  #changedDemo = new Set<string>();

  add(object: SnapObject): SnapObject {
    this.#objects.set(object.id, object);
    const siblings = this.#byKind.get(object.kind);
    if (siblings === undefined) this.#byKind.set(object.kind, [object]);
    else siblings.push(object);
    const parentField = BELOW[object.kind];
    if (parentField !== undefined) {
      const parentId = String(object.fields[parentField]);
      const children = this.#below.get(parentId);
      if (children === undefined) this.#below.set(parentId, [object]);
      else children.push(object);
    }
    return object;
  }

  get(id: string): SnapObject | undefined {
    return this.#objects.get(id);
  }

  /** The object of that kind, deleted or not. */
  find(kind: SnapKind, id: unknown): SnapObject | undefined {
    const found = typeof id === 'string' ? this.#objects.get(id) : undefined;
    return found?.kind === kind ? found : undefined;
  }

  /** Oldest first. The list itself must not be changed. */
  all(kind: SnapKind): readonly SnapObject[] {
    return this.#byKind.get(kind) ?? [];
  }

  /** Squads of a campaign, ads of a squad, oldest first, deleted ones too. */
  below(parentId: string): readonly SnapObject[] {
    return this.#below.get(parentId) ?? [];
  }

  change(object: SnapObject, change: Partial<Pick<SnapObject, 'deleted' | 'fields' | 'hidden'>>, at: number): void {
    Object.assign(object, change);
    object.updatedAt = at;
    if (object.demo) this.#changedDemo.add(object.id);
  }

  clear(): void {
    this.#objects.clear();
    this.#byKind.clear();
    this.#below.clear();
    this.#changedDemo.clear();
  }

  /** What does not follow from the seed: added objects, and demo objects that were changed. */
  kept(): SnapObject[] {
    return [...this.#objects.values()].filter((object) => !object.demo || this.#changedDemo.has(object.id));
  }

  putBack(objects: readonly SnapObject[]): void {
    for (const object of objects) {
      const known = this.#objects.get(object.id);
      if (known === undefined) this.add(object);
      else Object.assign(known, object);
      if (object.demo) this.#changedDemo.add(object.id);
    }
  }
}
