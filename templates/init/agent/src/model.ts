import type { Task } from "./agent.js";
import { wevt } from "./telemetry.js";
import { agentOriginator } from "./wevt/index.js";

export interface Answer {
  readonly text: string;
  readonly provider: string;
  readonly model: string;
  readonly tokensIn: number;
  readonly tokensOut: number;
  readonly costUsd: number;
  readonly stopReason: string;
}

/** Stands in for a provider's client: one `llm.call` event per call. */
export function generate(prompt: string, task: Task): Promise<Answer> {
  return wevt.events.llmCall.run(agentOriginator({ taskId: task.id, sessionId: task.sessionId, requestedBy: "agent" }), async (event) => {
    const { provider, model } = { provider: "anthropic", model: "claude-opus-4-5" };
    event.llm({ provider, model, operation: "generate" });
    const text = await event.time("llm.latencyMs", () => Promise.resolve("read the code\nwrite the test\nmake it pass"));
    const usage = { tokensIn: prompt.length, tokensOut: text.length, costUsd: 0.0125, stopReason: "end_turn" };
    event.set({ llm: { ...usage, calls: 1 } });
    return { text, provider, model, ...usage };
  });
}
