import { cart, createWevt, user, type CartInput, type UserInput } from "./wevt/index.js";

export * from "./wevt/index.js";
export const wevt = createWevt();
export const logUser = (fields: UserInput): void => wevt.log(user(fields));
export const logCart = (fields: CartInput): void => wevt.log(cart(fields));
