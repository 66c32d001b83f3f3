/** A partial of the first releases: its type stands in it again, and further keys may stand beside. */
type EventPartial<K extends string> = { type: K } & Record<string, unknown>;

interface UserPartial extends EventPartial<"user"> {
  type: "user";
  userId: string;
  subscription: "free" | "trial" | "premium";
}

interface SpanPartial {
  type: "span";
  name: string;
  startedAt: number;
  endedAt: number | undefined;
  error?: { message: string; code?: number } | undefined;
}

type Registry = {
  user: UserPartial;
  span: SpanPartial[];
};

export type { Registry };
