/**
 * `wevt/propagation`: what crosses the borders of a service. It reads headers, requests and messages, and writes headers; it never opens or writes an
 * event, and takes everything from outside as hostile.
 */
export { type BaggageEntry, formatBaggage, parseBaggage } from "./baggage.js";
export { cliCommand, type CliCommandOptions, type CliFields } from "./cli-command.js";
export type { TrustedProxies } from "./client-address.js";
export { extract, inject, type InjectOptions, traceHeaders } from "./context.js";
export { type CronFields, cronRun, type CronRunOptions } from "./cron-run.js";
export { type HttpFields, httpRequest, type HttpRequestOptions } from "./http-request.js";
export { activeSpan } from "./open-telemetry.js";
export { type AnyFetch, type AnyUrl, type Destinations, tracedFetch, type TracedFetchOptions, tracedRequest, type TracedRequestOptions, type TraceSource, type UrlLike } from "./outgoing.js";
export { type QueueFields, queueMessage, type QueueMessageOptions } from "./queue-message.js";
export { rpcCall, type RpcCallOptions, type RpcFields } from "./rpc-call.js";
export { formatTraceparent, parseTraceparent, type Traceparent } from "./traceparent.js";
export { mergeTracestate, parseTracestate, type TracestateMember } from "./tracestate.js";
export { type WebSocketConnection, webSocketConnection, type WebSocketFields, webSocketMessage } from "./websocket.js";
