declare const brand: unique symbol;
type Brand<T, Name extends string> = T & { readonly [brand]: Name };

export type PaymentId = Brand<string, "PaymentId">;
export type MerchantId = string & { readonly __brand: "MerchantId" };
export type Cents = number & { readonly __unit: "cents" };
type Iban = `${"DE" | "FR" | "NL"}${number}${string}`;

export enum RiskLevel {
  Low,
  Medium = 5,
  High = 10,
}

interface Card {
  by: "card";
  network: "visa" | "mastercard" | "amex";
  last4: string;
  /** Month and year, as on the card. */
  expiry: `${number}/${number}`;
}

interface Transfer {
  by: "transfer";
  iban: Iban;
}

interface Wallet {
  by: "wallet";
  provider: string;
}

/** A payment, however it ended. */
export interface Payment {
  id: PaymentId;
  merchant: MerchantId;
  amount: Cents;
  /** In the smallest unit of the coin. */
  onChain?: bigint;
  method: Card | Transfer | Wallet;
  /** What was tried first. */
  fallback: Card | Transfer | null;
  risk: RiskLevel;
  /** Whether the bank asked the payer again. */
  challenged: true | false | "skipped";
  capturedAt: Date | null;
  refunds: { id: PaymentId; amount: Cents; at: Date }[];
  /** @deprecated */
  legacyRef?: string;
  /** @deprecated Use {@link Payment.merchant}. */
  shop?: string;
  apiVersion: 1 | 2 | 3;
}

export type Registry = { payment: Payment };
