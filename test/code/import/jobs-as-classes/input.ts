/** A job that was taken from a queue. */
export class Job {
  /** Unique per queue. */
  readonly id: string = "";
  queue = "default";
  attempt: number = 1;
  maxAttempts?: number;
  readonly enqueuedAt: Date = new Date();
  priority: -1 | 0 | 1 = 0;
  private locked = false;
  protected worker = "";
  #secret = 1;
  static total = 0;

  get tags(): string[] {
    return this.locked ? [this.worker, String(this.#secret)] : [];
  }
}

abstract class Step {
  abstract readonly name: string;
  durationMs: number = 0;
  retries: number = 0;
}

/** One row of an import. */
export class ImportStep extends Step {
  readonly name = "import" as const;
  rows: number = 0;
  source?: { bucket: string; key: string };
}

export interface Schedule {
  cron: string;
  /** Lateness of the start. */
  lagSeconds: number;
  window: [from: Date, to?: Date];
  history: [number, ...string[]];
}

export interface Registry {
  job: Job;
  importStep: ImportStep[];
  schedule: Schedule;
}
