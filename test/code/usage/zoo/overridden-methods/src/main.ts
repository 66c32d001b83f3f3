import { wevt } from "./telemetry.js";
import { user, type UserInput } from "./wevt/index.js";

class Base {
  fields(): UserInput {
    return { id: "u_1" };
  }
  finish(): void {
    wevt.log(user(this.fields()));
  }
}
export class Admin extends Base {
  override fields(): UserInput {
    return { id: "u_2", tier: "pro" };
  }
}
