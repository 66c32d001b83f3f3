export interface Registry {
  /** What the upstream answered. */
  upstream: {
    /** Name of the pool that was chosen. */
    pool: string;
    status_code: number;
    duration_ms: number; // from the first byte out to the last byte in
    // bytes of the body, null when it was streamed
    response_bytes: number | null;
    retried: boolean;
    headers: Record<string, string | undefined>;
    cert?: { not_after: Date; sans: readonly string[] };
  };
  rate_limit: {
    limit: number;
    remaining: number;
    reset_at: string;
    // eslint-disable-next-line
    policy?:
      | "sliding" // counts the last minute
      | "fixed"; // counts from each full minute
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
    action:
      /** Nothing was found. */
      | "allow"
      // The request got a 403.
      | "block"
      | "challenge";
    sampled_body?: unknown;
  };
  tls: { version: "1.2" | "1.3"; "cipher-suite": string; resumed: boolean };
}
