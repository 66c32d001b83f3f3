import { wevt } from "./telemetry.js";
import { cart, user, type PartialName, type Registry, type WideEventPartial } from "./wevt/index.js";

function write<N extends PartialName>(name: N, fields: Partial<Registry["inputs"][N]>): void {
  wevt.set({ [name]: fields });
}
write("user", { tier: "pro" });
write<"llm">("llm", { calls: 1 });
function logged<P extends WideEventPartial>(partial: P): P {
  wevt.log(partial);
  return partial;
}
logged(user({ id: "u_1" }));
function logAs<F>(build: (fields: F) => WideEventPartial, fields: F): void {
  wevt.log(build(fields));
}
logAs(cart, { coupon: "XMAS" });
class Recorder<F extends { readonly id: string }> {
  record(fields: F): void {
    wevt.log(user(fields));
  }
}
new Recorder<{ id: string; tier: "pro" }>().record({ id: "u_2", tier: "pro" });
import type { PartialMethods, WideEvent } from "./wevt/index.js";
export function call<N extends "cart" | "step">(event: WideEvent, name: N, fields: Parameters<PartialMethods[N]>[0]): void {
  event[name](fields as never);
}
