// A wide event of 72 leaves in eleven objects, as JSON Schema and as values: what a request of a busy service records.
const string = { type: "string" };
const integer = { type: "integer" };
const number = { type: "number" };
const boolean = { type: "boolean" };
const strings = { type: "array", items: string };
const oneOf = (...values) => ({ type: "string", enum: values });
const orNull = ({ type }) => ({ type: [type, "null"] });

function object(properties, optional = []) {
  return { type: "object", properties, required: Object.keys(properties).filter((name) => !optional.includes(name)) };
}
const all = (type, names) => Object.fromEntries(names.split(" ").map((name) => [name, type]));

const whole = object({
  service: object(all(string, "name version environment region instanceId")),
  eventId: string,
  timestamp: string,
  originator: object({
    type: oneOf("http", "queue", "cron", "rpc"), ...all(string, "spanId traceId"), method: oneOf("GET", "POST", "PUT", "PATCH", "DELETE"), path: string,
    headers: object(all(string, "host user-agent accept content-type content-length x-request-id x-forwarded-for accept-language")),
  }),
  user: object({ ...all(string, "id email"), plan: oneOf("free", "pro", "team", "enterprise"), ...all(string, "orgId orgName"), seats: integer, isAdmin: boolean, lifetimeValueUsd: orNull(number) }, ["email"]),
  chat: object({ ...all(string, "id title"), messageCount: integer, temperature: number, stream: boolean, tags: strings }),
  sandbox: object({ ...all(string, "id image"), state: oneOf("creating", "running", "stopped", "failed"), cpu: number, memoryMb: integer, coldStart: boolean, bootMs: number, exitCode: orNull(integer), command: string }),
  agent: object({ ...all(string, "id name"), ...all(integer, "step maxSteps retries"), status: oneOf("queued", "running", "succeeded", "failed", "cancelled"), tools: strings, ...all(string, "errorType errorMessage") }, ["errorType", "errorMessage"]),
  llm: object({ provider: oneOf("anthropic", "openai", "google", "mistral", "self-hosted"), model: string, ...all(integer, "inputTokens outputTokens cachedTokens"), ...all(number, "costUsd latencyMs ttftMs"), finishReason: oneOf("stop", "length", "tool_use", "content_filter") }),
  db: object({ queries: integer, totalMs: number, rowsRead: integer, slowestQuery: string, ...all(integer, "poolSize poolIdle"), cacheHitRatio: number }),
  flags: object({ ...all(boolean, "newCheckout fastPath contextV2"), variant: string, rolloutPct: integer }),
});

/** The schema, with every object closed or open in words. */
export function eventSchema({ closed }) {
  return JSON.parse(JSON.stringify(whole), (_key, value) => (value?.type === "object" ? { ...value, additionalProperties: !closed } : value));
}

/** Event number `seed`: each string a new one, optional fields there or `undefined`, nulls where they are allowed. */
export function makeEvent(seed) {
  let state = seed * 2654435761 + 1;
  const random = () => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) / 2 ** 32;
  return make(whole, random, true);
}

function make(schema, random, required) {
  if (!required && random() < 0.4) return undefined;
  if (schema.enum !== undefined) return schema.enum[Math.floor(random() * schema.enum.length)];
  if (Array.isArray(schema.type)) return random() < 0.3 ? null : make({ type: schema.type[0] }, random, true);
  switch (schema.type) {
    case "object":
      return Object.fromEntries(Object.entries(schema.properties).map(([name, one]) => [name, make(one, random, schema.required.includes(name))]));
    case "array":
      return [0, 1, 2].map(() => make(schema.items, random, true));
    case "string":
      return Buffer.from(`text_${Math.floor(random() * 1e15).toString(36)}`).toString();
    case "integer":
      return Math.floor(random() * 1e5);
    case "number":
      return random() * 1000;
    default:
      return random() < 0.5;
  }
}

/** A partial of 20 fields of the usual kinds, its names its own. */
export function commonPartial(index) {
  const kinds = [{ type: "string", maxLength: 64 }, { type: "integer", minimum: 0 }, { type: "number" }, { type: "boolean" }, oneOf("queued", "running", "done", "failed"), { type: "string", format: "date-time" }];
  const words = ["status", "count", "ratio", "active", "phase", "started", "region", "retries", "cost", "cached"];
  const names = Array.from({ length: 20 }, (_one, field) => `${words[field % 10]}${String.fromCharCode(65 + ((index + field) % 26))}${Math.floor(field / 10)}`);
  const properties = Object.fromEntries(names.map((name, field) => [name, kinds[field % kinds.length]]));
  return { partial: `partial${index}`, required: names.slice(0, 4), properties };
}
