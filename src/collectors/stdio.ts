/** Writes finished events to stdout: JSON lines for machines, a coloured tree on a terminal. */
import type { Collector } from "../runtime/collector.js";
import { environment, processObject } from "../runtime/platform.js";
import { type TextStream, writeText } from "../runtime/stdout.js";
import { pretty as prettyText } from "./pretty.js";

export interface StdioOptions {
  /** A tree for people instead of a JSON line. Default: when the stream is a terminal. */
  readonly pretty?: boolean;
  /** Default: on a terminal, unless NO_COLOR is set. */
  readonly colour?: boolean;
  /** Default: `process.stdout`; where there is no process, `console.log`. */
  readonly stream?: TextStream;
}

/**
 * One event, one line. Nothing is buffered here. A reader that went away (EPIPE) is a counted problem and never ends the process.
 *
 *     createWevt({ collectors: [stdio()] });
 */
export function stdio({ pretty, colour, stream }: StdioOptions = {}): Collector {
  const target = (): TextStream | undefined => stream ?? processObject()?.stdout;
  return {
    name: "stdio",
    flush: (events) => {
      const terminal = target()?.isTTY === true;
      const asTree = pretty ?? terminal;
      const colours = colour ?? (terminal && environment("NO_COLOR") === undefined);
      return writeText(target(), events.map((event) => (asTree ? prettyText(event, { colour: colours }) : `${event.line}\n`)).join(""));
    },
  };
}
