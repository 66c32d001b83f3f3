// `npm run test:nodes [-- 22 24]`: the tests on each supported Node.
import { onNodes, supported } from "./on-nodes.mjs";

const versions = process.argv.slice(2);
process.exitCode = onNodes(versions.length > 0 ? versions : supported, ["node_modules/vitest/vitest.mjs", "run"]);
