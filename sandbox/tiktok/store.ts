export type Kind =
  | 'ad'
  | 'adgroup'
  | 'advertiser'
  | 'audience'
  | 'business'
  | 'campaign'
  | 'form'
  | 'identity'
  | 'image'
  | 'lead'
  | 'pixel'
  | 'post'
  | 'report'
  | 'video';

/** Manual objects and Smart+ objects live behind different paths, although both hang under the same advertiser. */
export type Family = 'manual' | 'smart';

export interface TiktokObject {
  id: string;
  kind: Kind;
  advertiserId: string | null;
  /** Null for everything that is no campaign, ad group or ad. */
  family: Family | null;
  /** Stored as the platform answers it. */
  fields: Record<string, unknown>;
  createdAt: number;
  updatedAt: number;
  /** Lists and name filters leave it out before this moment; a filter by its id does not. */
  visibleAt: number;
  requestId: string;
  /** Generated from the seed; only its changes are written to the state file. */
  demo: boolean;
}

function parentOf({ kind, fields }: TiktokObject): string | null {
  if (kind === 'adgroup') return String(fields['campaign_id']);
  return kind === 'ad' ? String(fields['adgroup_id']) : null;
}

/** All objects by id, with lists per kind in order of creation. */
export class TiktokStore {
  #objects = new Map<string, TiktokObject>();
  #byKind = new Map<Kind, TiktokObject[]>();
  #children = new Map<string, TiktokObject[]>();
  #changedDemo = new Set<string>();

  add(object: TiktokObject): TiktokObject {
    this.#objects.set(object.id, object);
    const siblings = this.#byKind.get(object.kind);
    if (siblings === undefined) this.#byKind.set(object.kind, [object]);
    else siblings.push(object);
    const parentId = parentOf(object);
    if (parentId !== null) this.#children.set(parentId, [...(this.#children.get(parentId) ?? []), object]);
    return object;
  }

  /** Ad groups of a campaign, ads of an ad group; deleted ones too. */
  under(parentId: string): readonly TiktokObject[] {
    return this.#children.get(parentId) ?? [];
  }

  get(id: string): TiktokObject | undefined {
    return this.#objects.get(id);
  }

  /** The object only if it is of this kind. */
  find(kind: Kind, id: string): TiktokObject | undefined {
    const object = this.#objects.get(id);
    return object?.kind === kind ? object : undefined;
  }

  /** Oldest first. The list itself must not be changed. */
  all(kind: Kind): readonly TiktokObject[] {
    return this.#byKind.get(kind) ?? [];
  }

  of(kind: Kind, advertiserId: string): TiktokObject[] {
    return this.all(kind).filter((object) => object.advertiserId === advertiserId);
  }

  change(object: TiktokObject, fields: Record<string, unknown>, at: number): void {
    Object.assign(object.fields, fields);
    object.updatedAt = at;
    if (object.demo) this.#changedDemo.add(object.id);
  }

  remove(object: TiktokObject): void {
    this.#objects.delete(object.id);
    const siblings = this.#byKind.get(object.kind) ?? [];
    siblings.splice(siblings.indexOf(object), 1);
  }

  clear(): void {
    this.#objects.clear();
    this.#byKind.clear();
    this.#children.clear();
    this.#changedDemo.clear();
  }

  /** What does not follow from the seed: added objects, and demo objects that were changed. */
  kept(): TiktokObject[] {
    return [...this.#objects.values()].filter((object) => !object.demo || this.#changedDemo.has(object.id));
  }

  putBack(objects: readonly TiktokObject[]): void {
    for (const object of objects) {
      const known = this.#objects.get(object.id);
      if (known === undefined) this.add(object);
      else Object.assign(known, object);
      if (object.demo) this.#changedDemo.add(object.id);
    }
  }
}
