export interface Registry {
  /** What the upstream answered. */
  upstream: {
    /** Name of the pool that was chosen. */
    pool: string;
    status_code: number;
    duration_ms: number;
    response_bytes: number | null;
    retried: boolean;
    headers: Record<string, string | undefined>;
    cert?: { not_after: Date; sans: readonly string[] };
  };
  rate_limit: {
    limit: number;
    remaining: number;
    reset_at: string;
    policy?: "sliding" | "fixed";
  };
  geo: {
    country: string;
    region?: string;
    location?: [number, number] | null;
    client_ip: string;
    asn?: number;
  };
  waf: {
    matched_rules: string[];
    /** The rule that decided. */
    decided_by: string | null;
    scores: { [rule: string]: number };
    action: "allow" | "block" | "challenge";
    sampled_body?: unknown;
  };
  tls: { version: "1.2" | "1.3"; "cipher-suite": string; resumed: boolean };
}
