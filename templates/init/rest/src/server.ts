import { createServer, type IncomingMessage, type Server } from "node:http";
import { answer } from "./chat.js";
import { wevt } from "./telemetry.js";
import { httpOriginator, response, route } from "./wevt/index.js";

/** Every request is one unit of work: it opens an event, and the event is written when the handler is done, also when it throws. */
export function createApp(): Server {
  return createServer((request, reply) => {
    const done = wevt.run(originatorOf(request), async (event) => {
      event.log(route({ template: "/foo", handler: "answer" }));
      const body = JSON.stringify(await answer());
      reply.writeHead(200, { "content-type": "application/json" }).end(body);
      event.log(response({ status: 200, contentType: "application/json", bodyBytes: Buffer.byteLength(body) }));
    });
    done.catch(() => reply.writeHead(500).end());
  });
}

function originatorOf(request: IncomingMessage): ReturnType<typeof httpOriginator> {
  const userAgent = request.headers["user-agent"];
  return httpOriginator({
    method: request.method ?? "GET",
    path: (request.url ?? "/").split("?")[0] ?? "/",
    ...(userAgent === undefined ? {} : { headers: { "User-Agent": userAgent } }),
  });
}
