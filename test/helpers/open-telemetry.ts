/** OpenTelemetry as applications have it: its real API, and a context manager registered through it. */
import { AsyncLocalStorage } from "node:async_hooks";
import { type Context, context, type ContextManager, propagation, ROOT_CONTEXT, type SpanContext, trace } from "@opentelemetry/api";

/** Where the API registers itself. */
export const apiKey: unique symbol = Symbol.for("opentelemetry.js.api.1");

/** What `@opentelemetry/context-async-hooks` does, in short. */
function contextManager(): ContextManager {
  const storage = new AsyncLocalStorage<Context>();
  const manager: ContextManager = {
    active: () => storage.getStore() ?? ROOT_CONTEXT,
    with: (active, work, self, ...args) => storage.run(active, () => Reflect.apply(work, self, args)),
    bind: (_context, target) => target,
    enable: () => manager,
    disable: () => manager,
  };
  return manager;
}

export function enableOpenTelemetry(): void {
  context.setGlobalContextManager(contextManager());
}

export function disableOpenTelemetry(): void {
  context.disable();
  trace.disable();
  propagation.disable();
}

export function inSpan<T>(span: SpanContext, work: () => T): T {
  return context.with(trace.setSpanContext(ROOT_CONTEXT, span), work);
}

/** Something else in the place of the API, while the work runs. */
export function withApi(other: unknown, work: () => void): void {
  const known: unknown = Reflect.get(globalThis, apiKey);
  try {
    Reflect.set(globalThis, apiKey, other);
    work();
  } finally {
    Reflect.set(globalThis, apiKey, known);
  }
}

/** What is no API, or one that is broken. */
export function foreignApis(): readonly unknown[] {
  const thrower: object = new Proxy({}, { get: () => { throw new Error("hostile"); } });
  const { proxy: revoked, revoke } = Proxy.revocable({}, {});
  revoke();
  const spanOf = (spanContext: unknown): unknown => ({ context: { active: () => ({ getValue: () => ({ spanContext: () => spanContext }) }) } });
  return [
    undefined, null, 1, "text", {}, () => {}, thrower, revoked, { context: {} }, { context: thrower }, { context: { active: 1 } }, { context: { active: () => undefined } },
    { context: { active: () => { throw new Error("broken"); } } }, { context: { active: () => ({ getValue: () => 1 }) } },
    ...[undefined, null, 1, {}, thrower, revoked, { traceId: 1, spanId: 2, traceFlags: "x" }, { traceId: Symbol("x"), spanId: Symbol("y"), traceFlags: Symbol("z") }, { traceId: thrower, spanId: revoked }].map(spanOf),
  ];
}
