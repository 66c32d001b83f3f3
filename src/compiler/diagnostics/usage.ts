import { quote, row } from "./row.js";

/** What `wevt usage` finds: who sets what, and what nothing sets. */
export const usageDiagnostics = {
  NEVER_SET: row<{ subject: string; isImported: boolean; isEvent: boolean }>({
    severity: "warn",
    message: ({ subject, isEvent }) => `no code ${isEvent ? "opens" : "sets"} ${subject}`,
    hint: ({ isImported, isEvent }) => (isEvent ? "open it with wevt.events, or remove it: nobody will find a record of it" : isImported ? "set it where it is known; a definition that is imported whole need not be used whole" : "set it, or remove it from the schema: an empty column is asked for in vain"),
    explain: `\`wevt usage\` has read every project, followed every write, and found none of this. What it cannot follow would be told as NOT_FOLLOWED, and this would be unknown.

Wrong:   properties: { plan: { type: string } }      # and no user({ plan }) anywhere
Right:   event.user({ id, plan: account.plan })`,
  }),
  ONLY_IN_TESTS: row<{ subject: string }>({
    severity: "warn",
    message: ({ subject }) => `only tests set ${subject}`,
    hint: "set it in the code that runs, or remove it; `usage.tests` in the config says what a test is",
    explain: `A field that only tests set is empty in production, and its tests pass.

Wrong:   // test/checkout.test.ts
         event.cart({ coupon: "XMAS" })               // and nowhere else
Right:   // src/checkout.ts
         event.cart({ items, coupon: order.coupon })`,
  }),
  REQUIRED_NOT_SET: row<{ subject: string; by: string; isPartial: boolean }>({
    severity: "warn",
    message: ({ subject, by }) => `${by} requires ${subject}, and it is set on no path seen`,
    hint: ({ isPartial }) => (isPartial ? "write the partial while the event is open, or make it optional" : "set it wherever the partial is written, or make it optional"),
    explain: `A builder demands what is required. \`set\`, \`add\` and \`time\` take any subset, so that what is required may never come: each event then carries a missing_field problem.

Wrong:   event.set({ user: { tier } })                 // user requires id
Right:   event.user({ id, tier })`,
  }),
  DEPRECATED_SET: row<{ subject: string; places: number; replacedBy?: string; note?: string; removeAfter?: string }>({
    severity: "warn",
    message: ({ subject, places }) => `${subject} is deprecated, and still set in ${places === 1 ? "one place" : `${places} places`}`,
    hint: ({ replacedBy, note, removeAfter }) => {
      const parts = [replacedBy === undefined ? undefined : `set ${replacedBy} instead`, note === undefined ? undefined : quote(note), removeAfter === undefined ? undefined : `it is to be removed after ${removeAfter}`];
      const said = parts.filter((one) => one !== undefined);
      return said.length === 0 ? "stop setting it" : said.join("; ");
    },
    explain: `A deprecated field can be removed when nothing sets it any more. Its \`deprecation.replacedBy\` is told as the replacement.

Wrong:   event.user({ id, plan: "pro" })               # plan: { deprecation: { reason: renamed, replacedBy: user.tier } }
Right:   event.user({ id, tier: "pro" })`,
  }),
  NOT_FOLLOWED: row<{ subject: string; reason: string }>({
    severity: "info",
    message: ({ subject, reason }) => `this may set ${subject}: ${reason}`,
    hint: "name the fields here, or give the value a type that names them",
    explain: `What cannot be followed is never counted as unused: every field that it may set, and that nothing else sets, is unknown.

Wrong:   event.user(JSON.parse(text))
Right:   const { id, tier } = parseUser(text)
         event.user({ id, tier })`,
  }),
  BASELINE_STALE: row<{ entries: number; first: string }>({
    severity: "info",
    message: ({ entries, first }) => `the baseline lists ${entries === 1 ? "a finding" : `${entries} findings`} that ${entries === 1 ? "is" : "are"} no more: ${quote(first)}${entries === 1 ? "" : ", …"}`,
    hint: "`wevt usage --update-baseline` takes them out",
    explain: `The baseline holds the findings that are known, so that the gate fails for new ones only. What is mended has to leave it, or it may come back unseen.

Wrong:   { "format": 1, "known": ["never-set user.plan"] }     # and user.plan is set again, or is gone
Right:   { "format": 1, "known": [] }`,
  }),
};
