import { wevt } from "./telemetry.js";
import { user, type UserInput } from "./wevt/index.js";

const one = (fields: UserInput): void => wevt.log(user(fields));
const two = (fields: UserInput): void => one(fields);
const three = (fields: UserInput): void => two(fields);
const four = (fields: UserInput): void => three(fields);
const five = (fields: UserInput): void => four(fields);
const six = (fields: UserInput): void => five(fields);
four({ id: "u_1", tier: "pro" });
six({ id: "u_2", limits: { max: 1 } });
