/** ISO 4217, in capitals. */
export type Currency = "EUR" | "USD" | "GBP";

/** An amount in the smallest unit of a currency. */
interface Money {
  /** Cents, pence. */
  amount: number;
  currency: Currency;
}

export enum CheckoutStep {
  /** The cart was opened. */
  Cart = "cart",
  Address = "address",
  /**
   * The card was asked for.
   * @deprecated part of `address` since May
   */
  Payment = "payment",
  Done = "done",
}

interface LineItem {
  sku: string;
  quantity: number;
  price: Money;
  discounts?: string[];
  giftWrap?: boolean;
}

/** A purchase, from the first look at the cart to the receipt. */
export interface Checkout {
  cartId: string;
  step: CheckoutStep;
  items: LineItem[];
  total: Money;
  /** Null while no coupon was tried. */
  coupon: string | null;
  shipping: {
    country: string;
    method: "standard" | "express" | "pickup";
    estimatedDays?: number;
    address?: { postalCode: string; city: string };
  } | null;
  /** Whether the buyer has an account. */
  guest: boolean;
  completedAt?: Date;
}

export interface Buyer {
  customerId: number | string;
  email: string | null;
  ordersCount: number;
  marketingConsent: boolean | null;
}

export interface Registry {
  checkout: Checkout;
  buyer?: Buyer;
}
