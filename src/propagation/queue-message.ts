/** The fields of the standard `queue` originator, read from a message as its client library hands it over. */
import { clip } from "../runtime/plain.js";
import { attempt, bytesOf, countOf, present, readFirst, textOf } from "./read.js";

export interface QueueFields {
  readonly queue: string;
  readonly system?: string;
  readonly messageId?: string;
  readonly jobName?: string;
  readonly attempt?: number;
  readonly enqueuedAt?: string;
  readonly waitMs?: number;
  readonly messageBytes?: number;
  readonly batchSize?: number;
}

export interface QueueMessageOptions {
  /** Name of the queue, topic or subscription. Default: what the message says, then `unknown` (SQS and Pub/Sub name it in no message). */
  readonly queue?: string;
  readonly system?: string;
  /** How many messages this unit of work handles. */
  readonly batchSize?: number;
  /** Milliseconds since 1970, for `waitMs`. Default: now. */
  readonly nowMs?: number;
}

/** Where SQS (both spellings), Kafka, Pub/Sub, RabbitMQ, NATS and BullMQ keep it. */
const places = {
  queue: ["queueName", "topic", "subject", "fields.routingKey"],
  messageId: ["messageId", "MessageId", "properties.messageId", "id"],
  jobName: ["name", "properties.type"],
  attempt: ["attributes.ApproximateReceiveCount", "Attributes.ApproximateReceiveCount", "deliveryAttempt", "info.redeliveryCount"],
  /** Counts the failed ones before this. */
  attemptsBefore: ["attemptsMade"],
  sentAt: ["attributes.SentTimestamp", "Attributes.SentTimestamp", "publishTime", "timestamp"],
  /** In seconds. */
  sentAtSeconds: ["properties.timestamp"],
  body: ["body", "Body", "value", "content", "data"],
} as const;

const maxText = 255;
/** 9999-12-31: nothing that is meant as a time lies behind it. */
const maxTimeMs = 253_402_300_799_999;

/**
 * The name of the queue goes in as an option: `{ queue: "invoices", ...queueMessage(message) }` would be overwritten by what the message says, or by
 * `unknown`. Its bytes are counted, its text is not read. Where the trace stands in it: `extract(message.attributes)` or what the client calls them.
 *
 *     queueOriginator(queueMessage(message, { queue: "invoices", system: "sqs" }))
 */
export function queueMessage(message: object, options: QueueMessageOptions = {}): QueueFields {
  return attempt(() => fieldsOf(message, options), { queue: "unknown" });
}

function fieldsOf(message: object, { queue, system, batchSize, nowMs = Date.now() }: QueueMessageOptions): QueueFields {
  const text = (paths: readonly string[]): string | undefined => {
    const found = textOf(readFirst(message, paths));
    return found === undefined ? undefined : clip(found, maxText);
  };
  const before = countOf(readFirst(message, places.attemptsBefore));
  const sentAtMs = timeOf(readFirst(message, places.sentAt)) ?? timeOf(readFirst(message, places.sentAtSeconds), 1_000);
  return present<QueueFields>({
    queue: queue ?? text(places.queue) ?? "unknown",
    system,
    messageId: text(places.messageId),
    jobName: text(places.jobName),
    attempt: countOf(readFirst(message, places.attempt), 1) ?? (before === undefined ? undefined : before + 1),
    enqueuedAt: sentAtMs === undefined ? undefined : new Date(sentAtMs).toISOString(),
    waitMs: sentAtMs === undefined ? undefined : Math.max(0, nowMs - sentAtMs),
    messageBytes: bytesOf(readFirst(message, places.body)),
    batchSize,
  });
}

/** Milliseconds since 1970, from a Date, ISO text, a number, or one in digits. */
export function timeOf(value: unknown, factor = 1): number | undefined {
  const count = countOf(value);
  const time = count !== undefined ? count * factor : value instanceof Date || typeof value === "string" ? new Date(value).getTime() : Number.NaN;
  return time > 0 && time <= maxTimeMs ? time : undefined;
}
