/** `wevt.bind`: a partial that many events share is checked, copied, handled and made bytes of once. */
import type { BuiltPartial } from "./contract.js";
import type { Core } from "./core.js";
import { isBuilt, isDescriptor } from "./event.js";
import { handleSlots, layoutOf, type Slot, type Taken, takeSlots } from "./slots.js";
import type { Problem } from "./types.js";
import { issuesOf, problemOf, ValidationError } from "./validate.js";
import { copyPartial } from "./write.js";

export interface Bound extends Taken {
  /** As they stand on the record. */
  readonly finished: Slot[];
  /** Where its bytes are, as long as they are (`bytes/shared.ts`). */
  share: Share | undefined;
}

export interface Share {
  readonly place: number;
  readonly length: number;
  /** Of the place: another partial may have taken it since. */
  readonly turn: number;
}

/** The same partial, with a copy of its fields as they are now. What is wrong with them is reported now, and again on each event that logs it. */
export function bindPartial<Built extends BuiltPartial>(core: Core, built: Built): Built {
  try {
    if (!isBuilt(built) || !isDescriptor(built.descriptor)) throw new TypeError("no built partial");
    const { descriptor, fields } = built;
    const problems: Problem[] = [];
    const note = (problem: Problem): void => void problems.push(problem);
    const copy = copyPartial(core, { descriptor, fields, whole: true }, note) ?? {};
    if (core.validation === "report") for (const issue of issuesOf(descriptor, copy)) note(problemOf(issue, descriptor.rule, copy, descriptor.name));
    for (const problem of problems) core.reporter.report(problem);
    if (core.validation === "throw" && problems.length > 0) throw new ValidationError(problems);
    const same = { ...built, fields: copy };
    const bound = finish(core, same);
    if (bound !== undefined) (core.bound ??= new WeakMap()).set(same, bound);
    return same;
  } catch (error) {
    if (error instanceof ValidationError) throw error;
    core.reporter.report({ problem: "wrong_type", path: "bind", message: "bind takes a built partial, such as user({…}): it is as it was" });
    return built;
  }
}

/** Undefined where each event has to look at it anew: fields that are not right, that need a key nobody gave, or that are looked through, and what comes several times. */
function finish(core: Core, { descriptor, fields }: BuiltPartial): Bound | undefined {
  if (core.redaction !== undefined || descriptor.repeatable !== undefined) return undefined;
  const layout = layoutOf(descriptor.rule);
  const taken = takeSlots(fields, descriptor.slots, layout);
  if (taken === undefined) return undefined;
  let whole = true;
  const finished = handleSlots(taken.slots, layout, descriptor.name, { hash: core.hash, keyMissing: () => void (whole = false) });
  return whole ? { ...taken, finished, share: undefined } : undefined;
}
