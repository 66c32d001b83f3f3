import { plan } from "./agent.js";
import { wevt } from "./telemetry.js";

await plan({ id: "task_42", description: "Add a test for the planner", userId: "user_V1StGXR8_Z5jdHi6B-myT", sessionId: "sess_9f2" });
await wevt.close();
