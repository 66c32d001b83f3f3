/** Something that was counted, and what it cost. */
interface Metered<Unit extends string, Extra = {}> {
  unit: Unit;
  count: number;
  costUsd: number;
  extra?: Extra;
}

interface Named {
  /** Name as it was given in the configuration. */
  name: string;
  version?: string;
}

interface Timed {
  durationMs: number;
  /** @unit ms */
  queuedFor?: number;
}

type Outcome<Reason extends string> = { ok: true } | { ok: false; reason: Reason };

/** One call of a model. */
type LlmCall = Named & Timed & {
  provider: "anthropic" | "openai" | (string & {});
  usage: Metered<"token", { cached: number }>;
  stop: "end_turn" | "max_tokens" | "tool_use" | null;
  temperature?: number;
};

/** One call of a tool. */
interface ToolCall extends Named, Timed {
  outcome: Outcome<"timeout" | "refused">;
  attempts: number;
}

interface AgentConfig {
  model: string;
  maxSteps: number;
  budgetUsd: number;
  secretsPath: string;
}

/** The whole execution. */
interface Execution extends Timed {
  agent: Required<Named>;
  config: Omit<Partial<AgentConfig>, "secretsPath">;
  limits: Pick<AgentConfig, "maxSteps" | "budgetUsd">;
  steps: Readonly<Metered<"step">>;
  byTool: Record<"search" | "shell" | "edit", number>;
  plan?: ReadonlyArray<{ id: number; title: string; done: boolean }>;
}

export interface Registry {
  llm: LlmCall[];
  tool: ToolCall[];
  execution: Execution;
}
