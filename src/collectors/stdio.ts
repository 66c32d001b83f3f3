/** Writes finished events to stdout: JSON lines for machines, a coloured tree on a terminal. */
import type { Collector } from "../runtime/collector.js";
import { type Guards, hasMethods, isBoolean, readOption, usableOptions } from "../runtime/options.js";
import { environment, processObject } from "../runtime/platform.js";
import { pretty as prettyText } from "../runtime/pretty.js";
import { stdoutWriter, streamWriter, type TextStream } from "../runtime/stdout.js";

export interface StdioOptions {
  /** A tree for people instead of a JSON line. Default: when the stream is a terminal. */
  readonly pretty?: boolean;
  /** Default: on a terminal, unless NO_COLOR is set. */
  readonly colour?: boolean;
  /** Default: the standard output of the process; where there is none, `console.log`. */
  readonly stream?: TextStream;
}

const guards: Guards<StdioOptions> = { pretty: isBoolean, colour: isBoolean, stream: hasMethods("write", "once") };

/**
 * One event, one line, whole also beside other threads; the lines of one turn of the event loop are written together at its end. A slow reader never blocks
 * the work: up to 8 MB wait for it, also when the process exits. A reader that went away (EPIPE) is a counted problem and never ends the process.
 *
 *     createWevt({ collectors: [stdio()] });
 */
export function stdio(options: StdioOptions = {}): Collector {
  const { pretty, colour, stream }: StdioOptions = usableOptions("stdio", options, guards);
  const writer = stream === undefined ? stdoutWriter() : streamWriter(stream);
  let terminal: boolean | undefined;
  return {
    name: "stdio",
    reportTo: (tell) => writer.reportTo(tell),
    flush: (events) => {
      terminal ??= readOption(stream ?? processObject()?.stdout, "isTTY") === true;
      const asTree = pretty ?? terminal;
      const colours = asTree && (colour ?? (terminal && environment("NO_COLOR") === undefined));
      return asTree ? writer.write(events.map((event) => prettyText(event, { colour: colours })).join(""), events.length) : writer.events(events);
    },
    drain: () => writer.drain(),
    close: () => writer.close(),
  };
}
