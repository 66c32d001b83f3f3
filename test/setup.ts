/** Random tests are the same on every run; `SEED=1234 npm test` looks elsewhere. */
import fc from "fast-check";

fc.configureGlobal({ seed: Number(process.env["SEED"] ?? 20_261_121) });
