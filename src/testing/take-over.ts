/** How a kit gets into a wevt, and out of it again. */
import { type Core, coreKey } from "../runtime/core.js";

/** What all events of a wevt share. */
export function coreOf(wevt: object): Core {
  const core: unknown = Reflect.get(wevt, coreKey);
  if (!isCore(core)) throw new TypeError("testWevt takes createWevt, or what createWevt returned; if this is one, it was made by another version of wevt: install one");
  return core;
}

function isCore(value: unknown): value is Core {
  return typeof value === "object" && value !== null && "lanes" in value && "clock" in value && "open" in value;
}

/** Puts parts in the place of others; what is returned puts those back. */
export function takeOver(core: Core, parts: Partial<Core>): () => void {
  const before = { ...core };
  Object.assign(core, parts);
  return () => void Object.assign(core, before);
}
