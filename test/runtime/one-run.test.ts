/** What an event costs the platform's async context: one `AsyncLocalStorage.run` per unit of work, however much is written in it. */
import { AsyncLocalStorage } from "node:async_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, it, type MockInstance, vi } from "vitest";
import { messages } from "../../src/runtime/messages/index.js";
import { http, user } from "../helpers/definitions.js";
import { harness } from "../helpers/wevt.js";

const request = http({ method: "POST" });
let entered: { readonly [name in "run" | "enterWith"]: MockInstance };

beforeEach(() => {
  entered = { run: vi.spyOn(AsyncLocalStorage.prototype, "run"), enterWith: vi.spyOn(AsyncLocalStorage.prototype, "enterWith") };
});
afterEach(() => vi.restoreAllMocks());

/** How often the storage that all runtimes share was entered by `run`, and by `enterWith` besides; that of others in the process does not count. */
function entries(): readonly [run: number, enterWith: number] {
  const ours: unknown = Reflect.get(globalThis, Symbol.for("wevt.context"));
  if (!(ours instanceof AsyncLocalStorage)) throw new Error("the shared storage is not where it was");
  const count = (calls: MockInstance, storage: unknown): number => calls.mock.contexts.filter((one) => one === storage).length;
  // Since Node 24, run itself enters and leaves by enterWith.
  const probe = new AsyncLocalStorage<number>();
  probe.run(1, () => {});
  const runs = count(entered.run, ours);
  return [runs, count(entered.enterWith, ours) - runs * count(entered.enterWith, probe)];
}

it("is entered once per unit of work, whatever is written, timed and told in it", async () => {
  const { wevt, record } = harness({ messages });
  await wevt.run(request, async (event) => {
    event.log(user({ id: "a" }));
    for (let index = 0; index < 10; index++) wevt.set({ db: { queries: index } });
    await event.time("db.totalMs", () => sleep(1));
    wevt.message("Hello %{name}s!", "Luke");
    event.debug("not now");
    event.error(new Error("x"));
    wevt.current()?.set({ user: { tier: "pro" } });
    await Promise.all([1, 2, 3].map(async () => { await sleep(1); wevt.log(user({ id: "b" })); }));
  });
  expect(record()["user"]).toMatchObject({ id: "b", tier: "pro" });
  expect(entries()).toEqual([1, 0]);
});

it("is entered once for each of several, also inside each other, wrapped, or failing", async () => {
  const { wevt, collected } = harness();
  wevt.run(request, () => wevt.run(request, () => {}));
  await wevt.wrap(request, async () => sleep(1))();
  expect(() => wevt.run(request, () => { throw new Error("x"); })).toThrow("x");
  expect(collected.records).toHaveLength(4);
  expect(entries()).toEqual([4, 0]);
});

it("is not entered for an event that is passed by hand", () => {
  const { wevt, collected } = harness();
  const event = wevt.start(request);
  event.log(user({ id: "a" }));
  event.child(request).emit();
  event.emit();
  expect(collected.records).toHaveLength(2);
  expect(entries()).toEqual([0, 0]);
});
