/** The fields of the standard `websocket` originator: a connection is read once, each message adds its own. */
import { clip } from "../runtime/plain.js";
import { attempt, bytesOf, present, read, textOf } from "./read.js";
import { splitUrl } from "./url.js";

export interface WebSocketConnection {
  readonly sessionId: string;
  readonly path?: string;
}

export interface WebSocketFields extends WebSocketConnection {
  readonly source?: "client" | "server";
  readonly messageType?: string;
  readonly messageBytes?: number;
}

const maxText = 255;

/** Reads the request that asked for the upgrade. Without `sessionId`, a random one is made. */
export function webSocketConnection(request: object, options: { readonly sessionId?: string } = {}): WebSocketConnection {
  return { sessionId: textOf(read(options, "sessionId")) ?? randomSession(), path: splitUrl(textOf(read(request, "originalUrl")) ?? textOf(read(request, "url")) ?? "/").path };
}

/**
 * What one message adds. Its bytes are counted, its text is not read.
 *
 *     websocketOriginator(webSocketMessage(connection, data, { source: "client", messageType: "chat.send" }))
 */
export function webSocketMessage(connection: WebSocketConnection, data: unknown, options: { readonly source?: "client" | "server"; readonly messageType?: string } = {}): WebSocketFields {
  return attempt(() => {
    const { source, messageType } = options;
    return present<WebSocketFields>({ ...connection, source, messageType: messageType === undefined ? undefined : clip(messageType, maxText), messageBytes: bytesOf(data) });
  }, connection);
}

function randomSession(): string {
  const bytes = new Uint8Array(8);
  if (globalThis.crypto === undefined) bytes.forEach((_, index) => (bytes[index] = Math.floor(Math.random() * 256)));
  else globalThis.crypto.getRandomValues(bytes);
  return `sock_${[...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
