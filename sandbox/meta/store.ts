export type NodeKind =
  | 'account'
  | 'ad'
  | 'adset'
  | 'campaign'
  | 'creative'
  | 'form'
  | 'image'
  | 'label'
  | 'lead'
  | 'page'
  | 'report'
  | 'user'
  | 'video';

export interface GraphObject {
  id: string;
  kind: NodeKind;
  /** Digits of the ad account it belongs to; null for people, pages and forms. */
  accountId: string | null;
  /** Stored as the platform answers it: budgets and ids as strings. */
  fields: Record<string, unknown>;
  labelIds: string[];
  createdAt: number;
  updatedAt: number;
  /** Lists, label edges and searches leave it out before this moment. */
  visibleAt: number;
  requestId: string;
  /** Generated from the seed; only its changes are written to the state file. */
  demo: boolean;
}

/** All objects by id, with lists per kind in order of creation. */
export class MetaStore {
  #objects = new Map<string, GraphObject>();
  #byKind = new Map<NodeKind, GraphObject[]>();
  #changedDemo = new Set<string>();

  add(object: GraphObject): GraphObject {
    this.#objects.set(object.id, object);
    const siblings = this.#byKind.get(object.kind);
    if (siblings === undefined) this.#byKind.set(object.kind, [object]);
    else siblings.push(object);
    return object;
  }

  get(id: string): GraphObject | undefined {
    return this.#objects.get(id);
  }

  /** Oldest first. The list itself must not be changed. */
  all(kind: NodeKind): readonly GraphObject[] {
    return this.#byKind.get(kind) ?? [];
  }

  change(object: GraphObject, fields: Record<string, unknown>, at: number): void {
    Object.assign(object.fields, fields);
    object.updatedAt = at;
    if (object.demo) this.#changedDemo.add(object.id);
  }

  label(object: GraphObject, labelIds: readonly string[], at: number): void {
    object.labelIds = [...new Set([...object.labelIds, ...labelIds])];
    object.updatedAt = at;
    if (object.demo) this.#changedDemo.add(object.id);
  }

  remove(object: GraphObject): void {
    this.#objects.delete(object.id);
    const siblings = this.#byKind.get(object.kind) ?? [];
    siblings.splice(siblings.indexOf(object), 1);
  }

  clear(): void {
    this.#objects.clear();
    this.#byKind.clear();
    this.#changedDemo.clear();
  }

  /** What does not follow from the seed: added objects, and demo objects that were changed. */
  kept(): GraphObject[] {
    return [...this.#objects.values()].filter((object) => !object.demo || this.#changedDemo.has(object.id));
  }

  putBack(objects: readonly GraphObject[]): void {
    for (const object of objects) {
      const known = this.#objects.get(object.id);
      if (known === undefined) this.add(object);
      else Object.assign(known, object);
      if (object.demo) this.#changedDemo.add(object.id);
    }
  }
}
