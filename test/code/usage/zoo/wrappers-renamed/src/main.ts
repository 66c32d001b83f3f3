import { logUser as write } from "./track.js";
import * as track from "./track.js";

const { logUser: other } = track;
const again = other;
write({ id: "u_1" });
again({ id: "u_2", tier: "pro" });
track["logUser"]({ id: "u_3", limits: { max: 1 } });
