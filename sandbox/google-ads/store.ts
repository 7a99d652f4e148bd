import type { Fields } from './read-message.ts';

export interface Resource {
  /** The full resource name, which is also `fields.resourceName`. */
  name: string;
  /** GAQL name of its kind. */
  type: string;
  customerId: string;
  /** As the platform answers it in JSON. */
  fields: Fields;
  /** Words under which another resource may look for it: a name that must stay unique, a parent. */
  keys: string[];
  createdAt: number;
  /** Searches leave it out before this moment, a read by id does not. */
  visibleAt: number;
  requestId: string;
  /** Part of the world that every sandbox begins with. */
  demo: boolean;
}

/** Everything that exists, in order of making. Undo is kept while a mutate runs, for it is all or nothing. */
export class AdsStore {
  #resources = new Map<string, Resource>();
  #byType = new Map<string, Map<string, Resource>>();
  #byKey = new Map<string, Set<string>>();
  #undo: (() => void)[] | null = null;

  get(name: string): Resource | undefined {
    return this.#resources.get(name);
  }

  /** Of one kind, over all customers or of one. */
  all(type: string, customerId?: string): Resource[] {
    const found = [...(this.#byType.get(type)?.values() ?? [])];
    return customerId === undefined ? found : found.filter((one) => one.customerId === customerId);
  }

  byKey(key: string): Resource[] {
    return [...(this.#byKey.get(key) ?? [])].flatMap((name) => this.#resources.get(name) ?? []);
  }

  put(resource: Resource): void {
    const before = this.#resources.get(resource.name);
    this.#undo?.push(() => {
      if (before === undefined) this.#drop(resource.name);
      else {
        this.#unkey(resource);
        this.#set(before);
      }
    });
    if (before !== undefined) this.#unkey(before);
    this.#set(resource);
  }

  remove(name: string): void {
    const before = this.#resources.get(name);
    if (before === undefined) return;
    this.#undo?.push(() => this.#set(before));
    this.#drop(name);
  }

  /** Runs `change`; when it throws, or `keep` is false, nothing of it stays. Nesting is allowed. */
  attempt<T>(keep: boolean, change: () => T): T {
    const outer = this.#undo;
    const mine: (() => void)[] = [];
    this.#undo = mine;
    let done = false;
    try {
      const result = change();
      done = keep;
      return result;
    } finally {
      this.#undo = null;
      if (!done) for (const undo of mine.reverse()) undo();
      this.#undo = outer;
      if (done) outer?.push(...mine);
    }
  }

  snapshot(): Resource[] {
    return [...this.#resources.values()];
  }

  restore(saved: Resource[]): void {
    this.#resources.clear();
    this.#byType.clear();
    this.#byKey.clear();
    for (const resource of saved) this.#set(resource);
  }

  #set(resource: Resource): void {
    this.#resources.set(resource.name, resource);
    const peers = this.#byType.get(resource.type) ?? new Map<string, Resource>();
    peers.set(resource.name, resource);
    this.#byType.set(resource.type, peers);
    for (const key of resource.keys) {
      const names = this.#byKey.get(key) ?? new Set<string>();
      names.add(resource.name);
      this.#byKey.set(key, names);
    }
  }

  #drop(name: string): void {
    const resource = this.#resources.get(name);
    if (resource === undefined) return;
    this.#resources.delete(name);
    this.#byType.get(resource.type)?.delete(name);
    this.#unkey(resource);
  }

  #unkey(resource: Resource): void {
    for (const key of resource.keys) this.#byKey.get(key)?.delete(resource.name);
  }
}
