import { createServer, type IncomingMessage, type Server } from "node:http";
import { extract, httpRequest } from "wevt/propagation";
import { answer } from "./chat.js";
import { wevt } from "./telemetry.js";
import { httpOriginator, response, route } from "./wevt/index.js";

/**
 * Every request is one unit of work: it opens an event, in the trace of whoever asked. The event is written when the answer has been sent, also when the
 * handler throws, or when the client goes away before (`aborted`).
 */
export function createApp(): Server {
  return createServer((request, reply) => {
    const handler = async (): Promise<void> => {
      wevt.log(route({ template: "/foo", handler: "answer" }));
      const body = JSON.stringify(await answer());
      wevt.log(response({ status: 200, contentType: "application/json", bodyBytes: Buffer.byteLength(body) }));
      reply.writeHead(200, { "content-type": "application/json" }).end(body);
    };
    wevt.run(originatorOf(request), handler, { from: extract(request.headers), until: reply }).catch(() => reply.writeHead(500).end());
  });
}

/** `httpRequest` alone will do: this adds one header under the name that it was sent with. */
function originatorOf(request: IncomingMessage): ReturnType<typeof httpOriginator> {
  const fields = httpRequest(request, { headers: [] });
  return httpOriginator(fields.userAgent === undefined ? fields : { ...fields, headers: { "User-Agent": fields.userAgent } });
}
