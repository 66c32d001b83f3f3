import { wevt } from "./telemetry.js";
import { user, type UserInput } from "./wevt/index.js";

function logUser(fields: UserInput): void {
  wevt.log(user(fields));
}
logUser({ id: "u_1" });
declare const accounts: readonly UserInput[];
accounts.forEach(logUser);
