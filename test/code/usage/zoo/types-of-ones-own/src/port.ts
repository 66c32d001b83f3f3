/** Knows nothing of the events of this project. */
export interface Port {
  user(fields: { id: string; tier?: "free" | "pro" }): void;
}
export interface Users {
  user(id: string): { name: string };
  cart(): void;
}
export function track(port: Port, users?: Users): void {
  port.user({ id: "u_1", tier: "pro" });
  users?.user("u_1");
}
export function trackAny(port: any): void {
  port.set({ cart: { coupon: "XMAS" } });
}
