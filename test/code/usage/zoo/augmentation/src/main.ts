import "./types.js";
import { serve } from "./framework.js";

serve((request) => request.event.user({ id: "u_1", tier: "pro" }));
