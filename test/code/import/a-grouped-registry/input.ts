export interface Registry {
  partials: {
    /** The tenant whose data was touched. */
    tenant: { id: string; plan: "free" | "team" | "enterprise" };
  };
  originators: {
    /** A message of the broker. */
    broker: { topic: string; partition: number; offset: bigint };
  };
  services: {
    worker: { podName: string; zone?: string };
  };
}
