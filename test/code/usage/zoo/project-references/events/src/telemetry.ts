import { createWevt, user, type UserInput } from "./wevt/index.js";

export * from "./wevt/index.js";
export const wevt = createWevt();
export const logUser = (fields: UserInput): void => wevt.log(user(fields));
