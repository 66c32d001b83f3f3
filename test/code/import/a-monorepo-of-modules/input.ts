import type { Money, people } from "./shared/index.js";

declare module "./shared/money.js" {
  interface Money {
    /** Added by the billing package. */
    taxRate?: number;
  }
}

interface Actor extends people.Person {
  onBehalfOf?: people.Person | null;
}

type Invoice = {
  number: string;
  net: Money;
  lines: Array<Money & { text: string }>;
  approvedBy: people.Role[];
};

type Partials = { actor: Actor } & { invoice: Invoice };

export type { Partials as Registry };
