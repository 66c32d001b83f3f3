import { wevt } from "./telemetry.js";
import { user, type UserInput } from "./wevt/index.js";

export function logUser(fields: UserInput): void {
  wevt.log(user(fields));
}
