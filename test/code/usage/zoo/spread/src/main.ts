import { wevt } from "./telemetry.js";
import { user, type UserInput } from "./wevt/index.js";

const base = { id: "u_1", tier: "pro" } as const;
wevt.log(user({ ...base, limits: { ...{ max: 1 } } }));
declare const known: { readonly id: string };
wevt.log(user({ ...known }));
declare const some: UserInput;
wevt.log(user({ ...some }));
