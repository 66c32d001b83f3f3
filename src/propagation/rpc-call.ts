/** The fields of the standard `rpc` originator, read from a call over HTTP (gRPC, Connect, Twirp) or from a JSON-RPC message. */
import { clip } from "../runtime/plain.js";
import { headerNames, readHeaders } from "./carrier.js";
import { attempt, bytesOf, countOf, present, read, textOf } from "./read.js";
import { splitUrl } from "./url.js";

export interface RpcFields {
  readonly method: string;
  readonly rpcService?: string;
  readonly system?: string;
  readonly caller?: string;
  readonly streaming?: boolean;
  readonly requestBytes?: number;
}

export interface RpcCallOptions {
  readonly system?: string;
  /** Name of the calling service, where the caller was authenticated. */
  readonly caller?: string;
  readonly streaming?: boolean;
}

const maxText = 255;
const names = headerNames(["content-type", "content-length", "connect-protocol-version"]);

/**
 * Reads a request whose path ends in `/package.Service/Method`, a path alone, or a JSON-RPC message with `method`.
 *
 *     rpcOriginator(rpcCall(request))   // { method: "GetUser", rpcService: "acme.users.v1.Users", system: "grpc" }
 */
export function rpcCall(call: string | object, options: RpcCallOptions = {}): RpcFields {
  return attempt(() => fieldsOf(call, options), { method: "unknown" });
}

function fieldsOf(call: string | object, options: RpcCallOptions): RpcFields {
  const { system, caller, streaming } = options;
  const url = typeof call === "string" ? call : (textOf(read(call, "path")) ?? textOf(read(call, "url")));
  if (url === undefined || textOf(read(call, "jsonrpc")) !== undefined) return messageFields(call, options);
  const [rpcService, method] = splitUrl(url).path.split("/").filter((part) => part !== "").slice(-2);
  const headers = readHeaders(read(call, "headers"), names);
  return present<RpcFields>({
    method: clip(method ?? rpcService ?? "unknown", maxText),
    rpcService: method === undefined || rpcService === undefined ? undefined : clip(rpcService, maxText),
    system: system ?? systemOf(headers),
    caller,
    streaming,
    requestBytes: countOf(headers.get("content-length")),
  });
}

function messageFields(message: string | object, options: RpcCallOptions): RpcFields {
  return present<RpcFields>({
    method: clip(textOf(read(message, "method")) ?? "unknown", maxText),
    rpcService: undefined,
    system: options.system ?? (read(message, "jsonrpc") === undefined ? undefined : "jsonrpc"),
    caller: options.caller,
    streaming: options.streaming,
    requestBytes: bytesOf(message),
  });
}

function systemOf(headers: ReadonlyMap<string, string>): string | undefined {
  const type = headers.get("content-type")?.toLowerCase() ?? "";
  if (type.startsWith("application/grpc")) return "grpc";
  return headers.has("connect-protocol-version") || type.startsWith("application/connect+") ? "connect" : undefined;
}
