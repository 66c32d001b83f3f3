import { wevt } from "./telemetry.js";

const tier = undefined;
const plan: string | undefined = void 0;
wevt.current()?.user({ id: "u_1", tier, plan: plan, limits: undefined });
