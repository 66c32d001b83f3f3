/** What a name suggests, as comments for a person to judge: nothing of it is written as if it were known. */
import type { Scalar } from "./parts.js";

export interface Guessed {
  /** Lines to uncomment: `unit: ms`. */
  readonly lines: readonly string[];
  /** Beside the type. */
  readonly remark?: string;
}

const nothing: Guessed = { lines: [] };

/** Endings of names that say the unit. */
const units: readonly (readonly [RegExp, string])[] = [
  [/(?:Ms|_ms|Millis|_millis|Milliseconds|_milliseconds)$/, "ms"],
  [/(?:[a-z]Seconds|_seconds|[a-z]Secs?|_secs?)$/, "s"],
  [/(?:Minutes|_minutes)$/, "min"],
  [/(?:Bytes|_bytes)$|^bytes$/, "By"],
  [/(?:Percent|_percent|Pct|_pct)$/, '"%"'],
  [/(?:Usd|USD|_usd)$/, "currency:USD"],
  [/(?:Eur|EUR|_eur)$/, "currency:EUR"],
  [/(?:Ratio|_ratio|Rate|_rate|Fraction|_fraction)$|^(?:ratio|rate)$/, '"1"'],
  [/(?:Tokens|_tokens)$|^tokens$/i, '"{token}"'],
];

const time = /(?:At|_at|Time|_time|Timestamp|_timestamp|_ts)$|^(?:timestamp|ts|time)$/;
const duration = /(?:Duration|_duration|Latency|_latency|Elapsed|_elapsed)$|^(?:duration|latency|elapsed)$/;
const whole = /(?:Count|_count|Bytes|_bytes|Tokens|_tokens|Retries|_retries|Attempts?|_attempts?|Size|_size|Port|Status|_status|Code|_code|Index|_index|Ms|_ms|Quantity|Cents|_cents)$|^(?:count|size|bytes|tokens|retries|attempts?|port|status|statusCode|index|quantity|messages|items|rows|page|version|cents|total[A-Z]\w*s)$/;
const identifier = /(?:Id|_id|ID|Uuid|_uuid|Key|_key)$|^(?:id|uuid)$/;
const secret = /passw|secret|token$|apiKey|api_key|credential/i;
const personal = /email|phone|address|(?:first|last|full)_?name|birth/i;
const address = /^ip$|_ip$|Ip$|IP$/;

/** Guesses for a field of one kind of scalar; a closed set of values is a dimension. */
export function guess(name: string, kind: Scalar | "values" | undefined): Guessed {
  switch (kind) {
    case "number":
      return numeric(name);
    case "string":
      return text(name);
    case "boolean":
      return { lines: ["kind: flag"] };
    case "values":
      return { lines: ["kind: dimension"] };
    case "date":
      return { lines: ["kind: timestamp"] };
    case "int64":
      return { lines: identifier.test(name) ? ["kind: id"] : ["kind: measure"] };
    case undefined:
      return nothing;
  }
}

function numeric(name: string): Guessed {
  const remark = whole.test(name) || time.test(name) ? { remark: "integer?" } : {};
  if (identifier.test(name)) return { lines: ["kind: id"], remark: "integer?" };
  if (time.test(name)) return { lines: ["kind: timestamp", "unit: ms"], ...remark };
  const unit = units.find(([ending]) => ending.test(name))?.[1] ?? (duration.test(name) ? "ms" : undefined);
  return { lines: ["kind: measure", ...(unit === undefined ? [] : [`unit: ${unit}`])], ...remark };
}

function text(name: string): Guessed {
  if (secret.test(name)) return { lines: ["sensitivity: secret"] };
  if (personal.test(name) || address.test(name)) return { lines: ["sensitivity: personal"] };
  if (identifier.test(name)) return { lines: ["kind: id"] };
  return time.test(name) ? { lines: ["format: date-time", "kind: timestamp"] } : nothing;
}
