/** How a collector asks for another form of finished events, also for one form after another. */
import { type Collector, formOf, type Profile } from "./collector.js";

/** The same collector, in the form of `profile`. */
export function inForm(collector: Collector, profile: Profile): Collector {
  return {
    ...(collector.name === undefined ? {} : { name: collector.name }),
    profile,
    flush: (events) => collector.flush(events),
    drain: () => collector.drain?.(),
    close: () => collector.close?.(),
  };
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
