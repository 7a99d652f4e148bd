export type LiKind =
  | 'account'
  | 'role'
  | 'pageRole'
  | 'organization'
  | 'group'
  | 'campaign'
  | 'creative'
  | 'post'
  | 'image'
  | 'video'
  | 'conversion'
  | 'campaignConversion'
  | 'segment'
  | 'insightTag'
  | 'form'
  | 'lead'
  | 'notification';

export interface LiObject {
  /** The URN; for things without one, words that name it once. */
  urn: string;
  kind: LiKind;
  /** The number, or what stands in paths. */
  id: string;
  /** Number of the ad account; null for what belongs to pages or people. */
  accountId: string | null;
  /** Stored as the platform answers it. */
  fields: Record<string, unknown>;
  /** What the platform knows and does not answer. */
  inner: Record<string, unknown>;
  createdAt: number;
  updatedAt: number;
  /** Finders leave it out before this moment; a read by id does not. */
  visibleAt: number;
  requestId: string;
  /** Generated with the demo world; only its changes are written to the state file. */
  demo: boolean;
}

function append<K>(lists: Map<K, LiObject[]>, key: K, object: LiObject): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [object]);
  else list.push(object);
}

/** All objects by URN, with lists per kind in order of creation. */
export class LiStore {
  readonly #byUrn = new Map<string, LiObject>();
  readonly #byKind = new Map<LiKind, LiObject[]>();
  /** The same lists per ad account: launches look through one account again and again. */
  readonly #byAccount = new Map<string, LiObject[]>();
  /** Creatives by their campaign, which never changes. */
  readonly #byCampaign = new Map<unknown, LiObject[]>();
  readonly #changedDemo = new Set<string>();
  readonly #removedDemo = new Set<string>();

  add(object: LiObject): LiObject {
    this.#byUrn.set(object.urn, object);
    append(this.#byKind, object.kind, object);
    if (object.kind === 'creative') append(this.#byCampaign, object.fields['campaign'], object);
    if (object.accountId !== null) append(this.#byAccount, `${object.kind} ${object.accountId}`, object);
    return object;
  }

  get(urn: unknown): LiObject | undefined {
    return typeof urn === 'string' ? this.#byUrn.get(urn) : undefined;
  }

  /** The object behind a URN when it is of this kind. */
  find(kind: LiKind, urn: unknown): LiObject | undefined {
    const object = this.get(urn);
    return object?.kind === kind ? object : undefined;
  }

  /** Oldest first. The list itself must not be changed. */
  all(kind: LiKind): readonly LiObject[] {
    return this.#byKind.get(kind) ?? [];
  }

  inAccount(kind: LiKind, accountId: string): readonly LiObject[] {
    return this.#byAccount.get(`${kind} ${accountId}`) ?? [];
  }

  /** Creatives of one campaign, oldest first. */
  creativesOf(campaignUrn: unknown): readonly LiObject[] {
    return this.#byCampaign.get(campaignUrn) ?? [];
  }

  /** A field set to undefined is taken away. */
  change(object: LiObject, fields: Record<string, unknown>, at: number): void {
    for (const [name, value] of Object.entries(fields)) {
      if (value === undefined) delete object.fields[name];
      else object.fields[name] = value;
    }
    object.updatedAt = at;
    if (object.demo) this.#changedDemo.add(object.urn);
  }

  remove(object: LiObject): void {
    this.#byUrn.delete(object.urn);
    const lists = [
      this.#byKind.get(object.kind),
      this.#byAccount.get(`${object.kind} ${object.accountId ?? ''}`),
      this.#byCampaign.get(object.fields['campaign']),
    ];
    for (const siblings of lists) {
      const place = siblings?.indexOf(object) ?? -1;
      if (place !== -1) siblings?.splice(place, 1);
    }
    if (object.demo) this.#removedDemo.add(object.urn);
  }

  clear(): void {
    this.#byUrn.clear();
    this.#byKind.clear();
    this.#byAccount.clear();
    this.#byCampaign.clear();
    this.#changedDemo.clear();
    this.#removedDemo.clear();
  }

  /** What does not follow from the seed. */
  kept(): { objects: LiObject[]; removed: string[] } {
    const objects = [...this.#byUrn.values()].filter((object) => !object.demo || this.#changedDemo.has(object.urn));
    return { objects, removed: [...this.#removedDemo] };
  }

  putBack({ objects, removed }: { objects: readonly LiObject[]; removed: readonly string[] }): void {
    for (const urn of removed) {
      const object = this.#byUrn.get(urn);
      if (object !== undefined) this.remove(object);
    }
    for (const object of objects) {
      const known = this.#byUrn.get(object.urn);
      if (known === undefined) this.add(object);
      else Object.assign(known, object);
      if (object.demo) this.#changedDemo.add(object.urn);
    }
  }
}
