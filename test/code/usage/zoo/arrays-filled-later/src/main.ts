import { wevt } from "./telemetry.js";
import { cart, type CartInput } from "./wevt/index.js";

type Items = NonNullable<CartInput["items"]>[number][];

export function main(given: { sku: string }[]): void {
  const items: Items = [];
  for (const { sku } of given) items.push({ sku });
  wevt.current()?.set({ cart: { items } });
}
export function more(given: { count: number }[]): void {
  const fields = { list: [] as Items };
  fields.list.unshift(...given);
  wevt.log(cart({ items: fields.list }));
}
export function spread(given: { sku: string; count: number }[]): void {
  wevt.log(cart({ items: [...given] }));
}
