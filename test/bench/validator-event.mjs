// The reference event, as JSON Schema and as values: what a request of a busy service records, 73 leaves in eleven objects, some 2 KB of JSON.
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

/** How many leaves the schema declares. */
export function leaves(schema = whole) {
  return schema.type === "object" ? Object.values(schema.properties).reduce((sum, one) => sum + leaves(one), 0) : 1;
}

/** Mulberry32: the same events in every run. */
function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A string of its own, flat and not internalised, as one that arrives from a socket. */
const flat = (text) => Buffer.from(text, "utf8").toString("utf8");
const round = (number, digits) => Number(number.toFixed(digits));

const service = { name: "checkout-api", version: "2024.11.3+sha.9f2c1ab", environment: "production", region: "eu-west-1", instanceId: "i-0f93ab1c77de21e04" };
const agents = ["Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36", "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"];
const titles = ['Fix the "flaky" checkout test', "Summarise Q3 board deck", "Why does C:\\temp\\build fail?", "Refactor billing — phase 2", "Plan the offsite"];
const commands = ["npm test -- --grep \"checkout flow\" && echo 'done'", 'python -c "print(\\"hi\\")"', "cargo build --release --locked", "git rebase -i HEAD~3"];
const queries = ["SELECT o.id, o.total, c.email FROM orders o JOIN customers c ON c.id = o.customer_id WHERE o.status = $1 ORDER BY o.created_at DESC LIMIT 50", "UPDATE carts SET state = $1, updated_at = now() WHERE id = $2 RETURNING id"];
const failures = ['Request failed: upstream said "429 Too Many Requests"\n  retry-after: 30', "ENOENT: no such file or directory, open '/workspace/src/index.ts'"];
const tools = ["read_file", "write_file", "bash", "grep", "web_search", "apply_patch"];
const organisations = ["Acme GmbH", "Café Müller & Söhne", "Initech", "Hooli"];
const enumOf = (...path) => path.reduce((schema, name) => schema.properties[name], whole).enum;

/**
 * Event number `index`: each text a string of its own, numbers whole and fractional, nulls where they are allowed. Optional fields hold `undefined`
 * in events of even number and are absent in odd ones, so that shapes vary as they do in real code.
 */
export function makeEvent(index) {
  const random = randomOf(0x9e3779b9 ^ (index * 2654435761));
  const whole = (below) => (random() * below) | 0;
  const pick = (list) => list[whole(list.length)];
  const hex = (length) => Array.from({ length }, () => whole(16).toString(16)).join("");
  const id = (prefix, length = 20) => flat(prefix + hex(length));
  const failed = random() < 0.25;
  const email = random() < 0.8 ? flat(`dev+${hex(5)}@example.com`) : undefined;
  const event = {
    service,
    eventId: flat(`evt_01JD7${hex(21).toUpperCase()}`),
    timestamp: new Date(1732160000000 + index * 137 + whole(100)).toISOString(),
    originator: {
      type: "http", spanId: id("", 16), traceId: id("", 32), method: pick(enumOf("originator", "method")),
      path: flat(`/v1/orgs/org_${hex(12)}/chats/${hex(12)}/messages`),
      headers: {
        host: flat("api.example.com"), "user-agent": flat(pick(agents)), accept: flat("application/json, text/event-stream"),
        "content-type": flat("application/json; charset=utf-8"), "content-length": flat(String(whole(9000))),
        "x-request-id": flat(`${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`),
        "x-forwarded-for": flat(`${whole(255)}.${whole(255)}.${whole(255)}.${whole(255)}, 10.0.3.17`), "accept-language": flat("en-GB,en;q=0.9,de;q=0.7"),
      },
    },
    user: { id: id("usr_"), email, plan: pick(enumOf("user", "plan")), orgId: id("org_"), orgName: flat(pick(organisations)), seats: 1 + whole(400), isAdmin: random() < 0.2, lifetimeValueUsd: random() < 0.3 ? null : round(random() * 9000, 2) },
    chat: { id: id("chat_"), title: flat(pick(titles)), messageCount: whole(80), temperature: round(random(), 1), stream: random() < 0.9, tags: [flat("billing"), flat("checkout"), flat(`p${whole(4)}`)] },
    sandbox: {
      id: id("sbx_"), image: flat("registry.internal/sandbox/node20:3.14.1"), state: pick(enumOf("sandbox", "state")), cpu: round(random() * 4, 3), memoryMb: 256 + whole(4096), coldStart: random() < 0.3,
      bootMs: round(random() * 1800, 3), exitCode: random() < 0.4 ? null : whole(3), command: flat(pick(commands)),
    },
    agent: {
      id: id("agt_", 16), name: flat("code-review"), step: whole(30), maxSteps: 40, retries: whole(3), status: failed ? "failed" : "succeeded", tools: [pick(tools), pick(tools), pick(tools), pick(tools)],
      errorType: failed ? flat("UpstreamError") : undefined, errorMessage: failed ? flat(pick(failures)) : undefined,
    },
    llm: {
      provider: pick(enumOf("llm", "provider")), model: flat("claude-sonnet-4-20250514"), inputTokens: whole(90000), outputTokens: whole(4000), cachedTokens: whole(60000), costUsd: round(random() * 2, 6),
      latencyMs: random() * 20000, ttftMs: round(random() * 900, 1), finishReason: pick(enumOf("llm", "finishReason")),
    },
    db: { queries: whole(40), totalMs: round(random() * 300, 3), rowsRead: whole(20000), slowestQuery: flat(pick(queries)), poolSize: 20, poolIdle: whole(20), cacheHitRatio: random() },
    flags: { newCheckout: random() < 0.5, fastPath: random() < 0.5, contextV2: random() < 0.5, variant: flat(pick(["control", "a", "b"])), rolloutPct: whole(100) },
  };
  return index % 2 === 0 ? event : { ...event, user: present(event.user), agent: present(event.agent) };
}

/** An event with three mistakes: two wrong types and a value outside its list. */
export function makeWrongEvent(index) {
  const event = makeEvent(index);
  return { ...event, chat: { ...event.chat, messageCount: "three" }, llm: { ...event.llm, provider: "acme" }, db: { ...event.db, queries: 1.5 } };
}

function present(fields) {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return entries.length === Object.keys(fields).length ? fields : Object.fromEntries(entries);
}

/** A partial of 20 fields of the usual kinds, its names its own. */
export function commonPartial(index) {
  const kinds = [{ type: "string", maxLength: 64 }, { type: "integer", minimum: 0 }, { type: "number" }, { type: "boolean" }, oneOf("queued", "running", "done", "failed"), { type: "string", format: "date-time" }];
  const words = ["status", "count", "ratio", "active", "phase", "started", "region", "retries", "cost", "cached"];
  const names = Array.from({ length: 20 }, (_one, field) => `${words[field % 10]}${String.fromCharCode(65 + ((index + field) % 26))}${Math.floor(field / 10)}`);
  const properties = Object.fromEntries(names.map((name, field) => [name, kinds[field % kinds.length]]));
  return { partial: `partial${index}`, required: names.slice(0, 4), properties };
}
