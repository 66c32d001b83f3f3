/** What the runtime takes from `wevt/redaction`: patterns are linked only where free text is looked through. */
import type { EventState } from "../event.js";

export interface TextRedaction {
  /** Takes out of the free text of a sealed event what must not leave. */
  readonly redact: (state: EventState) => void;
  /** The same of one short text: the paths and values of problems, in which anything may stand. */
  readonly text?: (text: string) => string;
}
