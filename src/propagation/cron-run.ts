/** The fields of the standard `cron` originator. */
import { attempt, present, read, textOf } from "./read.js";
import { timeOf } from "./queue-message.js";

export interface CronFields {
  readonly jobName: string;
  readonly schedule?: string;
  readonly scheduledAt?: string;
  readonly delayMs?: number;
  readonly attempt?: number;
}

export interface CronRunOptions {
  /** What the scheduler hands over: when the run was due (Date, ISO text, milliseconds), or an object that says so (`scheduledTime` and `cron` of Cloudflare Workers, `time` of EventBridge). */
  readonly trigger?: unknown;
  readonly schedule?: string;
  readonly attempt?: number;
  /** Milliseconds since 1970, for `delayMs`. Default: now. */
  readonly nowMs?: number;
}

/**
 * A scheduled run, and how late it is.
 *
 *     cronOriginator(cronRun("nightly-invoices", { trigger: controller }))
 */
export function cronRun(jobName: string, options: CronRunOptions = {}): CronFields {
  return attempt(() => fieldsOf(jobName, options), { jobName });
}

function fieldsOf(jobName: string, { trigger, schedule, attempt: number, nowMs = Date.now() }: CronRunOptions): CronFields {
  const dueMs = timeOf(trigger) ?? timeOf(read(trigger, "scheduledTime")) ?? timeOf(read(trigger, "scheduledAt")) ?? timeOf(read(trigger, "time"));
  return present<CronFields>({
    jobName,
    schedule: schedule ?? textOf(read(trigger, "cron")) ?? textOf(read(trigger, "schedule")),
    scheduledAt: dueMs === undefined ? undefined : new Date(dueMs).toISOString(),
    delayMs: dueMs === undefined ? undefined : Math.max(0, nowMs - dueMs),
    attempt: number,
  });
}
