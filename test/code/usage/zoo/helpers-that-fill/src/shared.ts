import type { UserInput } from "./wevt/index.js";

export const fields: UserInput = { id: "u_2" };
