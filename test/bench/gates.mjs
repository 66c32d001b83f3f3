// What decides whether a benchmark passes. Every row has its wanted figure. Its gate is 80 % of that; where the wanted figure is missed today, known.json says
// what is reached and why, and the gate is 80 % of what is reached, so that nothing gets worse unseen.

const share = 0.8;

/**
 * Judges one row. `wanted` is `{ atMost }` or `{ atLeast }`; `known` its entry in known.json, if any.
 *
 * @param {{ value: number, wanted: { atMost?: number, atLeast?: number }, known?: { reached: number | Record<string, number>, reason: string }, major?: string }} row
 */
export function judge({ value, wanted, known, major = majorOf(process.versions.node) }) {
  const least = wanted.atLeast !== undefined;
  const figure = least ? wanted.atLeast : wanted.atMost;
  if (!Number.isFinite(figure)) throw new Error("a row has to say what is wanted: { atMost } or { atLeast }");
  const reached = typeof known?.reached === "object" ? known.reached[major] : known?.reached;
  const from = reached ?? figure;
  const gate = least ? from * share : from / share;
  const within = (bound) => (least ? value >= bound : value <= bound);
  const met = within(figure);
  return { met, held: within(gate), gate, figure, sign: least ? "≥" : "≤", reached, stale: met && reached !== undefined };
}

/** The figure for this Node: of a table by major version, the row of the newest one that is not newer. */
export function onNode(figures, major = majorOf(process.versions.node)) {
  const majors = Object.keys(figures).map(Number).sort((left, right) => left - right);
  return figures[majors.filter((one) => one <= Number(major)).at(-1) ?? majors[0]];
}

export function majorOf(version) {
  return version.split(".")[0];
}

/**
 * The rows of one run of the benchmarks.
 *
 * @param {Readonly<Record<string, Readonly<Record<string, { reached: number | Record<string, number>, reason: string }>>>>} known by benchmark and row, as in known.json
 */
export function createGates(known, { print = console.log, major = majorOf(process.versions.node) } = {}) {
  const rows = new Map();
  let bench = "";
  let stated = new Set();
  const outside = () => [...rows.values()].filter((row) => !row.held);

  /** States a row of the benchmark that runs: what was measured, and what is wanted (`{ atMost: 15 }`, `{ atLeast: 2.6 }`). */
  const limit = (name, value, wanted) => {
    if (stated.has(name)) throw new Error(`two rows of ${bench} are called ${name}`);
    stated.add(name);
    const entry = known[bench]?.[name];
    const row = judge({ value, wanted, known: entry, major });
    const earlier = rows.get(`${bench}: ${name}`);
    // Measured again only because some row was outside its gate: what held once has held.
    if (earlier?.held !== true || row.held) rows.set(`${bench}: ${name}`, { ...row, bench, reason: entry?.reason });
    const figures = row.reached === undefined ? `gate ${shown(row.gate)}` : `known ${shown(row.reached)}, gate ${shown(row.gate)}`;
    print(`  limit: ${name} ${shown(value)} ${row.sign} ${shown(row.figure)}: ${row.met ? "met" : "missed"}, ${row.held ? "held" : "MISSED"} (${figures})${row.stale ? "; met by now: take it out of known.json" : ""}`);
  };

  /** Runs a benchmark; while a row is outside its gate, once or twice more, for machines are noisy. */
  const run = async (name, measure, { again = 2 } = {}) => {
    bench = name;
    const once = () => {
      stated = new Set();
      return measure();
    };
    await once();
    for (let turn = 1; turn <= again && outside().some((row) => row.bench === name); turn++) {
      print(`\n${name}: outside its gate, so measured again (${turn} of ${again})`);
      await once();
    }
  };

  /** Says how the run went; true when every gate has held. */
  const finish = () => {
    const names = (wanted) => [...rows].filter(([, row]) => wanted(row)).map(([name]) => name);
    const list = (title, found) => found.length > 0 && print(`\n${title}:\n${found.map((one) => `  ${one}`).join("\n")}`);
    list("met by now, take it out of known.json", names((row) => row.stale && row.held));
    list("missed, within the gate", names((row) => !row.met && row.held && row.reached === undefined));
    list("missed, as known", names((row) => !row.met && row.held && row.reached !== undefined).map((name) => `${name}: ${rows.get(name).reason}`));
    const ran = new Set([...rows.values()].map((row) => row.bench));
    const nameless = [...ran].flatMap((name) => Object.keys(known[name] ?? {}).map((row) => `${name}: ${row}`)).filter((name) => !rows.has(name));
    list("in known.json, but no row has this name", nameless);
    list("MISSED", names((row) => !row.held));
    return outside().length === 0 && nameless.length === 0;
  };
  return { limit, run, finish };
}

function shown(figure) {
  return Math.abs(figure) >= 1000 ? Math.round(figure).toLocaleString("en") : String(Number(figure.toPrecision(3)));
}
