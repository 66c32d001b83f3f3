import { wevt } from "./telemetry.js";
import type { UserInput } from "./wevt/index.js";

class Visit {
  fields: UserInput = { id: "u_1" };
  send(): void {
    wevt.current()?.user(this.fields);
  }
}
class Paid extends Visit {
  override fields: UserInput = { id: "u_2", tier: "pro" };
}
new Paid().send();
