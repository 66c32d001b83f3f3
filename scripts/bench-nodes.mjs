// `npm run bench:nodes -- emit parts [22 24]`: benchmarks on each supported Node, or on those that are named.
import { onNodes, supported } from "./on-nodes.mjs";

const words = process.argv.slice(2);
const versions = words.filter((word) => /^\d/.test(word));
process.exitCode = onNodes(versions.length > 0 ? versions : supported, ["test/bench/run.mjs", ...words.filter((word) => !versions.includes(word))]);
