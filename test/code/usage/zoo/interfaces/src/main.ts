import { wevt } from "./telemetry.js";
import { user, type UserInput } from "./wevt/index.js";

interface Audit {
  record(fields: UserInput): void;
}
class Events implements Audit {
  record(fields: UserInput): void {
    wevt.log(user(fields));
  }
}
abstract class Base {
  abstract write(fields: UserInput): void;
  go(): void {
    this.write({ id: "u_2", limits: { max: 1 } });
  }
}
class Derived extends Base {
  write(fields: UserInput): void {
    wevt.current()?.user(fields);
  }
}
export function main(audit: Audit = new Events()): void {
  audit.record({ id: "u_1", tier: "pro" });
  new Derived().go();
}
