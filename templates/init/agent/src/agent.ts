import { generate, type Answer } from "./model.js";
import { wevt } from "./telemetry.js";
import { callTool } from "./tools.js";
import { agentOriginator } from "./wevt/index.js";

export interface Task {
  readonly id: string;
  readonly description: string;
  readonly userId: string;
  readonly sessionId: string;
}

/** One event for the whole execution. Each call of the model adds its tokens, cost and latency to it, each call of a tool is an item of its list; both have an event of their own. */
export function plan(task: Task): Promise<readonly string[]> {
  const originator = agentOriginator({ taskId: task.id, sessionId: task.sessionId, requestedBy: "user" });
  return wevt.events.agentExecution.run(originator, async (event) => {
    event.agent({ agentType: "PlanningAgent", taskId: task.id, userId: task.userId, sessionId: task.sessionId, retryCount: 0 });
    const startMs = Date.now();
    const files = await callTool("search_files", task);
    event.toolCall({ name: "search_files", durationMs: Date.now() - startMs, resultBytes: files.length });
    const answer = await event.time("llm.latencyMs", () => generate(`${task.description}\n${files}`, task));
    event.llm(usageOf(answer));
    const subtasks = answer.text.split("\n");
    event.plan({ subtasksCreated: subtasks.length, complexityScore: 0.7 });
    return subtasks;
  });
}

function usageOf({ text: _, ...usage }: Answer): Omit<Answer, "text"> & { readonly calls: number } {
  return { ...usage, calls: 1 };
}
