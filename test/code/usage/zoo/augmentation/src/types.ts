import type { WideEvent } from "./wevt/index.js";

declare module "./framework.js" {
  interface Request {
    readonly event: WideEvent;
  }
}
