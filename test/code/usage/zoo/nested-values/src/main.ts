import { wevt } from "./telemetry.js";
import { cart } from "./wevt/index.js";

const lines = [{ article: "a", n: 1 }];
wevt.log(cart({
  items: [{ sku: "a" }, { sku: "b", count: 2 }],
  prices: { a: { net: 1 }, b: { net: 2, tax: 3 } },
  pay: { by: "card", brand: "Visa" },
}));
wevt.log(cart({ items: lines.map(({ article, n }) => ({ sku: article, count: n })) }));
wevt.set({ step: [{ name: "pay" }, { ok: true }] as never });
