import type { Task } from "./agent.js";
import { wevt } from "./telemetry.js";
import { agentOriginator } from "./wevt/index.js";

/** Stands in for an MCP client: one `mcp.tool_call` event per call. */
export function callTool(toolName: string, task: Task): Promise<string> {
  return wevt.events.mcpToolCall.run(agentOriginator({ taskId: task.id, sessionId: task.sessionId, requestedBy: "agent" }), async (event) => {
    event.mcp({ toolName, server: "filesystem", sessionId: task.sessionId, transport: "stdio" });
    const result = await Promise.resolve("src/plan.ts\nsrc/plan.test.ts");
    event.set({ mcp: { resultBytes: result.length } });
    return result;
  });
}
