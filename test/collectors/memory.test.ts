import { expect, it } from "vitest";
import { memory } from "../../src/collectors/memory.js";
import { http, user } from "../helpers/definitions.js";
import { createUntypedWevt } from "../../src/runtime/create-wevt.js";
import { collectorContract } from "./contract.js";

collectorContract("memory", () => {
  const collector = memory();
  return { collector, lines: () => collector.lines };
});

it("keeps the latest events, and forgets them on clear()", () => {
  const collected = memory({ maxEvents: 2 });
  const wevt = createUntypedWevt({ collectors: [collected] });
  for (const id of ["a", "b", "c"]) wevt.run(http({ method: "GET" }), (event) => event.log(user({ id })));
  expect(collected.records.map((record) => Object(record["user"]).id)).toEqual(["b", "c"]);
  collected.clear();
  expect(collected.events).toEqual([]);
});
