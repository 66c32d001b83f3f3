/** What triggered the work; it crosses service boundaries. */
interface WideEventBase {
  service: { name: string; version?: string } & Record<string, unknown>;
  eventId: `evnt_${string}`;
  originator: { type: string; spanId: `span_${string}` };
}

/** One wide event: the base, and any of the partials. */
export type WideEventLog<R> = WideEventBase & Partial<R>;

/** The person on whose behalf the work ran. */
export interface User {
  /**
   * Stable user identifier, never reused.
   * @example "user_V1StGXR8_Z5jdHi6B-myT"
   */
  id: `user_${string}`;
  /** Plan at the time of the event. */
  tier?: "free" | "pro";
}

/** The conversation that the request belongs to. */
export interface Chat {
  chatId: `chat_${string}`;
  /** Model that answers in the conversation. */
  model: "opus" | "sonnet" | "haiku";
  /** Messages in the conversation so far. */
  messages?: number;
  tokens?: number;
}

/** The sandbox in which the code of a conversation runs. */
export interface Sandbox {
  sandboxId: `sbox_${string}`;
  /** When the sandbox was started, milliseconds since 1970. */
  startedAt: number;
  startDuration: number;
  liveDuration: number;
}

export interface Registry {
  user: User;
  chat: Chat;
  sandbox: Sandbox;
}

export const evt: WideEventLog<Registry> = {
  service: { name: "my-rest-service", version: "1.0.0", pod_id: "v8a4ad" },
  eventId: "evnt_V1StGXR8_Z5jdHi6B-myT",
  originator: { type: "http", spanId: "span_V1StGXR8_Z5jdHi6B-myT" },
  user: { id: "user_V1StGXR8_Z5jdHi6B-myT", tier: "pro" },
  chat: { chatId: "chat_V1StGXR8_Z5jdHi6B-myT", model: "opus", messages: 232, tokens: 45822 },
  sandbox: { sandboxId: "sbox_V1StGXR8_Z5jdHi6B-myT", startedAt: 1768868366748, startDuration: 5021, liveDuration: 116748 },
};
