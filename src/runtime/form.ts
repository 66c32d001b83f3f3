/** How a collector asks for another form of finished events, also for one form after another. */
import { type Collector, formOf, type Profile } from "./collector.js";
import { readOption } from "./options.js";

/** The same collector, in the form of `profile`. What is none stays what it is: createWevt tells of it. */
export function inForm(collector: Collector, profile: Profile): Collector {
  if (typeof readOption(collector, "flush") !== "function") return collector;
  const name = readOption(collector, "name");
  return {
    ...(typeof name === "string" ? { name } : {}),
    profile,
    reportTo: (tell) => collector.reportTo?.(tell),
    flush: (events) => collector.flush(events),
    drain: () => collector.drain?.(),
    close: () => collector.close?.(),
  };
}

/** The form in which a collector wants events already. */
export function profileOf(collector: Collector): Profile | undefined {
  const profile = readOption(collector, "profile");
  return isProfile(profile) ? profile : undefined;
}

function isProfile(value: unknown): value is Profile {
  return typeof readOption(value, "form") === "function";
}

const chains = new WeakMap<Profile, WeakMap<Profile, Profile>>();

/** One form of the other. The same two are the same profile, so that collectors share what it makes. */
export function chain(first: Profile | undefined, next: Profile | undefined): Profile | undefined {
  if (first === undefined || first === next) return next;
  if (next === undefined) return first;
  const known = chains.get(first) ?? new WeakMap<Profile, Profile>();
  chains.set(first, known);
  let both = known.get(next);
  if (both === undefined) known.set(next, (both = { form: (sealed) => formOf(formOf(sealed, first), next) }));
  return both;
}
