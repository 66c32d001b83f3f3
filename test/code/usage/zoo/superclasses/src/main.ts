import { wevt } from "./telemetry.js";
import { user, type UserInput } from "./wevt/index.js";

class Base {
  constructor(protected readonly fields: UserInput) {}
  finish(): void {
    wevt.log(user(this.fields));
  }
}
class Admin extends Base {
  constructor() {
    super({ id: "u_1", tier: "pro" });
  }
}
new Admin().finish();
class Guest extends Base {}
new Guest({ id: "u_2", limits: { max: 1 } }).finish();
