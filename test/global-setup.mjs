// Builds dist/ once before the tests when a source is newer: the command-line, packaging and example tests run what users run.
import { buildIfStale } from "../scripts/build-if-stale.mjs";

export default function setup() {
  if (!buildIfStale({ keepGoing: true })) console.error("dist/ could not be built: tests that run it will fail");
}
