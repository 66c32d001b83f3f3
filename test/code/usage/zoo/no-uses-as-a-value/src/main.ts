import { cart, user, type UserInput } from "./wevt/index.js";

export const isUser = (value: unknown): value is UserInput => user.is(value);
export const issues = user.check({ id: "u_1", tier: "pro" });
export const name = cart.descriptor.name;
export type Fields = Parameters<typeof user>[0];
