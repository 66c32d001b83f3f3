/** A runtime that collects into memory, with a clock and ids that tests know. */
import { memory, type MemoryCollector } from "../../src/collectors/memory.js";
import type { RuntimeRegistry } from "../../src/runtime/contract.js";
import type { CoreOptions } from "../../src/runtime/core.js";
import { createUntypedWevt, type UntypedWevt } from "../../src/runtime/create-wevt.js";
import type { Problem } from "../../src/runtime/types.js";
import { call, db, registry, sandbox, user } from "./definitions.js";

export interface Harness {
  readonly wevt: UntypedWevt;
  readonly collected: MemoryCollector;
  readonly told: Problem[];
  readonly clock: { nowMs: number };
  /** The only record. */
  record(): { readonly [key: string]: unknown };
  /** The problems of the only record. */
  problems(): readonly Problem[];
}

/** Service fields beyond name and version are typed by generated code only. */
export type HarnessOptions = Omit<CoreOptions, "service"> & { readonly service?: { readonly name?: string; readonly version?: string; readonly [field: string]: unknown } };

export function harness(options: HarnessOptions = {}, types: RuntimeRegistry = registry([user, sandbox, db, call])): Harness {
  const collected = memory();
  const told: Problem[] = [];
  const clock = { nowMs: 1_768_868_366_748 };
  const wevt = createUntypedWevt(
    { service: { name: "my-rest-service", version: "1.0.0" }, collectors: [collected], onProblem: (problem) => told.push(problem), clock: { now: () => clock.nowMs, monotonic: () => clock.nowMs }, healthIntervalMs: 0, ...options },
    types,
  );
  const record = (): { readonly [key: string]: unknown } => {
    const [first, ...more] = collected.records;
    if (first === undefined || more.length > 0) throw new Error(`expected one record, there are ${collected.records.length}`);
    return first;
  };
  const problems = (): readonly Problem[] => Object(Object(record())["wevt"])["problems"] ?? [];
  return { wevt, collected, told, clock, record, problems };
}
