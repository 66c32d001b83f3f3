import { user } from "../../events/built/wevt/index.js";

export const built = user({ id: "u_1", tier: "pro" });
