/** What people write by mistake into free text, and only there. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { messages } from "../../../src/runtime/messages/index.js";
import { redaction, redactText, textPatterns, type RedactionOptions } from "../../../src/runtime/redaction/index.js";
import { maxScannedUnits } from "../../../src/runtime/limits.js";
import { typescriptEmitter } from "../../../src/emit/typescript.js";
import { compileFiles } from "../../helpers/compile.js";
import { originator, partial, registry } from "../../helpers/definitions.js";
import { harness } from "../../helpers/wevt.js";

const jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U";

describe("free text", () => {
  it.each([
    ["paid with 4111 1111 1111 1111 yesterday", "paid with [card] yesterday"],
    ["5500-0000-0000-0004, 340000000000009", "[card], [card]"],
    ["write to Leia.Organa+x@mail.example.co.uk or luké@exämple.com.", "write to [email] or [email]."],
    ["Authorization: Bearer abc123def456ghi", "Authorization: Bearer [token]"],
    ["basic dXNlcjpwYXNzd29yZDEyMw==", "basic [token]"],
    [`cookie=${jwt};`, "cookie=[jwt];"],
    ["postgres://app:hunter2@db.internal/main", "postgres://[credentials]@db.internal/main"],
    ['{"password":"hunter2","user":"luke"}', '{"password":"[secret]","user":"luke"}'],
    ["api_key = q1w2e3r4, ok", "api_key = [secret], ok"],
    [`key sk${"_live_"}51H8abcdefghijkl and ghp${"_"}abcdefghijklmnopqrstuvwxyz012345`, "key [key] and [key]"],
    ["IBAN DE89 3704 0044 0532 0130 00 or GB82WEST12345698765432", "IBAN [iban] or [iban]"],
    ["-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nIBAAK\n-----END RSA PRIVATE KEY----- end", "[privateKey] end"],
  ])("%s", (text, expected) => {
    expect(redactText(text)).toBe(expected);
  });

  it.each(["order 4111111111111112", "build 20260120001926748", "3.14159265358979323846", "1768868366748", "a@b", "@leia", "DE89370400440532013001", "the bearer certificate", "a basic understanding of it", "tokens: 42", "10:30:00 http://host:8080/path", "no secrets here", ""])("keeps what only looks like it: %s", (text) => {
    expect(redactText(text)).toBe(text);
  });

  it("takes time that grows with the text, whatever the text", () => {
    const pieces = ["a", "eyJ", "eyJ-", "eyJaaaaa.", "@", "a@a.", "1 ", "1", "-", "bearer ", "://", "a://", "a://a:", "password=", "DE89 ", "A1B2 ", "-----BEGIN PRIVATE KEY-----", "sk_live_", " ", "é"];
    for (const piece of pieces) {
      const text = piece.repeat(Math.ceil(100_000 / piece.length));
      const began = performance.now();
      redactText(text);
      expect([piece, performance.now() - began < 1_500]).toEqual([piece, true]);
    }
  });

  it("is the same when it is looked through again", () => {
    fc.assert(fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom("4111111111111111", "leia@example.com", jwt, "password=hunter2", "Bearer abcdefgh1")), { maxLength: 6 }), (parts) => {
      const once = redactText(parts.join(" "));
      expect(redactText(once)).toBe(once);
    }));
  });
});

const note = partial("note", {
  body: { type: "string", text: true },
  short: { type: "string", text: true, handling: "truncate:14" },
  hashed: { type: "string", text: true, handling: "hash" },
  id: { type: "string" },
  list: { items: { text: true } },
  either: { text: true },
  map: { object: { fields: {}, rest: { text: true } } },
  closed: { object: { fields: { inner: { text: true }, count: {} } } },
  free: {},
});
const job = originator("job", { path: { text: true }, number: {} });
const card = "4111111111111111";

function recorded(fields: object, options: RedactionOptions = {}): { readonly [key: string]: unknown } {
  const { wevt, record } = harness({ redaction: redaction(options), hashKey: "k", messages }, registry([note]));
  wevt.run(job({ path: `/cards/${card}`, number: card }), (event) => event.log(note(fields)));
  return record();
}

describe("an event with redaction", () => {
  it("is looked through where the schema says free text, and nowhere else", () => {
    const { note: fields, originator: from } = recorded({ body: card, short: `x ${card}`, id: card, list: [card, "b"], either: [card], map: { [card]: card }, closed: { inner: card, count: 1 }, free: { text: card } });
    expect(fields).toEqual({ body: "[card]", short: "x [card]", id: card, list: ["[card]", "b"], either: ["[card]"], map: { [card]: "[card]" }, closed: { inner: "[card]", count: 1 }, free: { text: card } });
    expect(from).toMatchObject({ path: "/cards/[card]", number: card });
  });

  it("hashes the value itself, not what is left of it", () => {
    const plain = harness({ hashKey: "k" }, registry([note]));
    plain.wevt.run(job({}), (event) => event.log(note({ hashed: card })));
    expect(Object(recorded({ hashed: card })["note"]).hashed).toBe(Object(plain.record()["note"]).hashed);
  });

  it("changes nothing that the caller owns", () => {
    const fields = Object.freeze({ body: card, list: Object.freeze([card]) });
    recorded(fields);
    expect(fields).toEqual({ body: card, list: [card] });
  });

  it("has nothing of it in errors and messages, in the line as in the record", () => {
    const { wevt, record, collected } = harness({ redaction: redaction(), messages }, registry([note]));
    wevt.run(job({}), (event) => {
      event.message("%{who}s paid with %s", "leia@example.com", card);
      event.error(new Error(`declined ${card}`, { cause: new Error("for leia@example.com") }));
    });
    expect(record()).toMatchObject({ error: { message: "declined [card]", causes: [{ message: "for [email]" }] }, messages: [{ text: "[email] paid with [card]", args: { who: "[email]" } }] });
    expect(collected.lines[0]).not.toMatch(/leia|4111/);
    expect(collected.lines[0]).toBe(JSON.stringify(record()));
  });

  it("has nothing of it in what a message holds of an error: message, stack and causes", () => {
    const { wevt, record, collected } = harness({ redaction: redaction(), messages }, registry([note]));
    wevt.message("failed: %{error}v", new Error(`declined ${card}`, { cause: new Error("for leia@example.com") }));
    const error = { type: "Error", message: "declined [card]", stack: expect.stringContaining("Error: declined [card]\n    at "), causes: [{ type: "Error", message: "for [email]" }] };
    expect(record()).toMatchObject({ error, messages: [{ text: "failed: declined [card]", args: { error } }] });
    expect(collected.lines[0]).not.toMatch(/leia|4111/);
  });

  it("is looked through after enrichers, in follow-ups too, and not at all when it is dropped", async () => {
    let looks = 0;
    const counting = { name: "x", pattern: Object.assign(/never/g, { exec: () => { looks += 1; return null; } }) };
    const options = { redaction: redaction({ custom: [counting] }), enrich: [(event: { set(partials: object): void }) => event.set({ note: { body: card } })] as never };
    const dropped = harness({ ...options, sampling: () => ({ keep: false, rate: 1, reason: "none" }) }, registry([note]));
    dropped.wevt.run(job({}), () => {});
    expect(looks).toBe(0);
    const { wevt, collected } = harness(options, registry([note]));
    const event = wevt.start(job({}));
    event.emit();
    event.log(note({ body: `late ${card}` }));
    await wevt.flush();
    expect(collected.records.map((record) => record["note"])).toEqual([{ body: "[card]" }, { body: "late [card]" }]);
    expect(looks).toBeGreaterThan(0);
  });

  it("takes patterns of one's own, and leaves out those that are not wanted", () => {
    expect(recorded({ body: `ticket T-4711 ${card} a@b.example` }, { patterns: ["card"], custom: [{ name: "ticket", pattern: /T-\d+/g }] })["note"]).toEqual({ body: "ticket [ticket] [card] a@b.example" });
  });

  it("masks the text where a pattern of one's own fails", () => {
    expect(recorded({ body: "text" }, { custom: [{ name: "broken", pattern: /t/g, accept: () => { throw new Error("no"); } }] })["note"]).toEqual({ body: "***" });
  });

  it("cuts what it has not looked through, and says so", () => {
    const record = recorded({ body: "x".repeat(90_000), list: ["y".repeat(90_000), "z".repeat(90_000), card] });
    const { body, list } = Object(record["note"]);
    expect(body.length + list.join("").length).toBe(maxScannedUnits - `/cards/${card}`.length);
    expect(record["wevt"]).toMatchObject({ problems: [{ problem: "limit", path: "redaction" }] });
  });

  it("looks at all that ships by default", () => {
    expect(Object.values(textPatterns).every(({ pattern }) => pattern.global)).toBe(true);
  });
});

describe("generated code", () => {
  it("says which fields are free text", async () => {
    const { registry: compiled } = await compileFiles({ "schemas/note.yaml": "partial: note\nbrief: A note.\nproperties:\n  body: { type: string, kind: text, brief: Text. }\n  id: { type: string, kind: id, brief: Id. }\n  either: { type: [string, array], kind: text, items: { type: string, kind: text, brief: One. }, brief: Some. }\n" });
    const files = await typescriptEmitter.emit(compiled, { options: {}, out: "wevt" });
    const text = JSON.stringify(files);
    expect(text).toContain('\\"body\\": { \\"text\\": true }');
    expect(text).toContain('\\"either\\": { \\"text\\": true, \\"items\\": { \\"text\\": true } }');
    expect(text).toContain('\\"id\\": {}');
  });
});
