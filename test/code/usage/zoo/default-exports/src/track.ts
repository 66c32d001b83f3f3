import { wevt } from "./telemetry.js";
import { user, type UserInput } from "./wevt/index.js";

export default function (fields: UserInput): void {
  wevt.log(user(fields));
}
