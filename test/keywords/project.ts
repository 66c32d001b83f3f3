/** A flip as two whole projects and the events that they write. */
import { eventFiles, type Files, type Flip, type Place } from "./flips.js";
import type { Run } from "./outputs.js";

export interface Example {
  readonly before: Files;
  readonly after: Files;
  readonly runs: readonly Run[];
}

export function exampleOf(place: Place, flip: Flip): Example {
  const [before, after] = flip.projects ?? [definition(place, flip.before), definition(place, flip.after)];
  const more = { ...(place === "event" ? eventFiles : {}), ...flip.files };
  const whole = (files: Files): Files => ({ ...more, ...files, ...(place === "group" ? user(files, flip) : {}) });
  return { before: whole(before), after: whole(after), runs: runsOf(place, flip) };
}

function definition(place: Place, body: string): Files {
  if (place === "field") return { "schemas/p.yaml": `partial: p\nproperties:\n  f: ${body}\n  h: { type: string }` };
  return { [`schemas/${place}.yaml`]: `${place}: ${place.charAt(0)}\n${body}` };
}

/** A group is emitted where it is used. */
function user(files: Files, { whole }: Flip): Files {
  const name = /^group: (\w+)/m.exec(Object.values(files)[0] ?? "")?.[1] ?? "";
  return { "schemas/p.yaml": whole === true ? `partial: p\nproperties: { f: { $ref: group:${name} } }` : `partial: p\nallOf: [{ $ref: group:${name} }]` };
}

function runsOf(place: Place, { write = place === "field" ? ["abc"] : [{ f: "abc" }], several, time, whole }: Flip): readonly Run[] {
  const fieldsOf = (value: unknown): object => (place === "field" || (place === "group" && whole === true) ? { f: value } : Object(value));
  const one = (value: unknown): Run => (place === "originator" || place === "service" ? { [place]: fieldsOf(value) } : { log: [fieldsOf(value)] });
  return [
    ...(several === undefined ? write.map(one) : [{ log: several.map(fieldsOf) }]),
    ...(several === undefined && write.length === 0 ? [{}] : []),
    ...(time === undefined ? [] : [{ time: "p.f" }]),
  ];
}
