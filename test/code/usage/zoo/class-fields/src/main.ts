import { wevt } from "./telemetry.js";
import { user, type UserInput, type WideEvent } from "./wevt/index.js";

class Session {
  private readonly build = user;
  private readonly base = { id: "u_1" };
  readonly #fields: UserInput = { id: "u_2", tier: "pro" };
  private later: Partial<UserInput> = {};
  static readonly defaults = { limits: { max: 3 } };
  constructor(private readonly event: WideEvent, private readonly given: UserInput) {
    this.later.plan = "old";
  }
  finish(): void {
    wevt.log(this.build(this.base));
    this.event.user(this.#fields);
    this.event.set({ user: this.later });
    this.event.user({ id: "u_3", ...Session.defaults });
    this.event.user(this.given);
  }
  get cart(): { coupon: string } {
    return { coupon: "XMAS" };
  }
  pay = (): void => this.event.cart(this.cart);
}
new Session(wevt.current()!, { id: "u_4", limits: { min: 1 } }).finish();
