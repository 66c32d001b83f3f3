import type { IncomingMessage } from "node:http";
import { wevt } from "./telemetry.js";
import { httpOriginator } from "./wevt/index.js";

const originatorOf = (request: IncomingMessage) => httpOriginator({ method: request.method ?? "GET", ...(request.url === undefined ? {} : { path: request.url }) });
export const handle = (request: IncomingMessage): void => wevt.run(originatorOf(request), () => undefined);
const build = httpOriginator;
export const child = wevt.current()?.child(build({ method: "GET" }));
