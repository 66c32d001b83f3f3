// What the programs of emit.mjs and parts.mjs share: one batch of 64 KB that the lines of every contender go to, which is thrown away when it is full; the
// check that two lines say the same; and rounds in turn.
const batch = Buffer.alloc(65536);
let used = 0;
let start = 0;

/** A finished event of ours. */
export function take(event) {
  start = used;
  let count = event.copyTo(batch, used);
  if (count < 0) {
    start = used = 0;
    count = event.copyTo(batch, 0);
  }
  used += count;
}

/** A line of text, with its newline. */
export function takeText(line) {
  start = used;
  if (used + line.length * 3 > 65536) start = used = 0;
  used += batch.write(line, used);
}

export const lastLine = () => batch.toString("utf8", start, used - 1);
export const lastBytes = () => used - start;

/** Throws when two lines are not the same JSON, whatever the order of keys. */
export function sameInformation(mine, theirs) {
  if (sorted(JSON.parse(mine)) !== sorted(JSON.parse(theirs))) throw new Error(`not the same information:\n${mine}\n${theirs}`);
}

function sorted(value) {
  return JSON.stringify(value, (_key, one) => (one && typeof one === "object" && !Array.isArray(one) ? Object.fromEntries(Object.entries(one).sort()) : one));
}

export const median = (values) => [...values].sort((left, right) => left - right)[values.length >> 1];

/**
 * Rounds in turn, of the same 2,048 events; every event is timed for the percentile, in rounds of their own. A ratio is the median of the rounds' ratios to the
 * last contender.
 */
export function pairs(contenders, pool) {
  let next = 0;
  const round = (work, count) => {
    const from = performance.now();
    for (let index = 0; index < count; index++) work(pool[next++ & 2047]);
    return ((performance.now() - from) * 1e6) / count;
  };
  for (let warm = 0; warm < 12; warm++) for (const { work } of contenders) round(work, 500);
  const times = contenders.map(() => []);
  for (let turn = 0; turn < 41; turn++) contenders.forEach(({ work }, index) => times[index].push(round(work, 200)));
  const p99 = contenders.map(({ work }) => ninetyNinth(work, pool));
  const mine = contenders.length - 1;
  return contenders.map(({ name }, index) => ({ name, against: contenders[mine].name, ns: median(times[index]), p99: p99[index], ratio: median(times[index].map((time, turn) => time / times[mine][turn])) }));
}

function ninetyNinth(work, pool) {
  const each = [];
  for (let index = 0; index < 4000; index++) {
    const event = pool[index & 2047];
    const from = performance.now();
    work(event);
    each.push((performance.now() - from) * 1e6);
  }
  return each.sort((left, right) => left - right)[3960];
}

/** Bytes of heap for each event, once everything is compiled: the median of 15 rounds of 400. `prepare` makes of an event what `work` is given, before anything is counted. */
export function heapOf(work, pool, prepare = (event) => event) {
  const some = (count) => Array.from({ length: count }, (_, index) => prepare(pool[index & 2047]));
  for (let turn = 0; turn < 20; turn++) for (const one of some(2000)) work(one);
  return median(Array.from({ length: 15 }, () => {
    const prepared = some(400);
    gc();
    const before = process.memoryUsage().heapUsed;
    for (let index = 0; index < prepared.length; index++) work(prepared[index]);
    return (process.memoryUsage().heapUsed - before) / prepared.length;
  }));
}

/** One row as the benches print it. */
export function printed({ name, against, ns, p99, ratio }) {
  return `  ${name.padEnd(62)} ${ns.toFixed(0).padStart(7)} ns  p99 ${p99.toFixed(0).padStart(7)}  ${against === name ? "" : `${ratio.toFixed(2)} × the time of: ${against}`}`;
}
