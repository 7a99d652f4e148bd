/** A storage area of the browser, or a map in tests. Values are JSON. */
export interface Area {
  get<T>(key: string): Promise<T | undefined>;
  set(values: Record<string, unknown>): Promise<void>;
  remove(keys: string[]): Promise<void>;
  keys(): Promise<string[]>;
}

interface BrowserArea {
  get(keys: string | null): Promise<Record<string, unknown>>;
  set(values: Record<string, unknown>): Promise<void>;
  remove(keys: string[]): Promise<void>;
}

export function browserArea(area: BrowserArea): Area {
  return {
    get: async <T>(key: string) => (await area.get(key))[key] as T | undefined,
    set: (values) => area.set(values),
    remove: (keys) => area.remove(keys),
    keys: async () => Object.keys(await area.get(null)),
  };
}

/** Copies on the way in and out, as the browser does. */
export function memoryArea(): Area {
  const held = new Map<string, string>();
  return {
    get: async <T>(key: string) => {
      const text = held.get(key);
      return text === undefined ? undefined : (JSON.parse(text) as T);
    },
    set: async (values) => {
      for (const [key, value] of Object.entries(values)) held.set(key, JSON.stringify(value));
    },
    remove: async (keys) => {
      for (const key of keys) held.delete(key);
    },
    keys: async () => [...held.keys()],
  };
}
