/** The Registry as JSON text: references by name, two spaces, a newline at the end. */
import type { Definition, EventDef, Registry } from "./registry.js";

/** What `wevt show --json` prints. */
export function printRegistry(registry: Registry): string {
  const { events, ...rest } = registry;
  return `${JSON.stringify({ ...rest, events: events.map(plainEvent) }, undefined, 2)}\n`;
}

/** One definition as JSON text. */
export function printDefinition(definition: Definition): string {
  return `${JSON.stringify(definition.kind === "event" ? plainEvent(definition) : definition, undefined, 2)}\n`;
}

function plainEvent(event: EventDef): object {
  return {
    ...event,
    partials: event.partials.map((one) => ({ ...one, partial: one.partial.name })),
    originators: event.originators.map((one) => one.name),
  };
}
