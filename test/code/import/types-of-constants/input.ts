const defaults = {
  region: "eu-central-1",
  replicas: 3,
  flags: { dryRun: false, verbose: true },
  tags: ["a", "b"],
};

const statuses = { queued: 0, running: 1, done: 2 } as const;
const levels = { debug: "debug", info: "info", warn: "warn" } satisfies Record<string, string>;

type ValueOf<T> = T[keyof T];
type Nullable<T> = { [K in keyof T]: T[K] | null };
type Prefixed<T, P extends string> = { [K in keyof T & string as `${P}_${K}`]: T[K] };
type Snake<S extends string> = S extends `${infer Head}${infer Tail}` ? `${Head extends Uppercase<Head> ? `_${Lowercase<Head>}` : Head}${Snake<Tail>}` : S;
type SnakeKeys<T> = { [K in keyof T & string as Snake<K>]: T[K] };

function measure() {
  return { heapBytes: 1, rssBytes: 2, loops: [{ lag: 1 }] };
}

export interface Registry {
  deploy: typeof defaults;
  status: { state: ValueOf<typeof statuses>; name: keyof typeof statuses; level: keyof typeof levels };
  patch: Nullable<Pick<typeof defaults, "region" | "replicas">>;
  memory: ReturnType<typeof measure>;
  prefixed: Prefixed<{ used: number; free?: number }, "disk">;
  snake: SnakeKeys<{ clientName: string; isBot: boolean }>;
  route: { method: "GET" | "POST"; key: `${"GET" | "POST"} /${"users" | "chats"}`; params: Extract<string | number | (() => void), string | number> };
}
