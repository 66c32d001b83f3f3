export interface Money {
  /** In cents. */
  amount: number;
  currency: string;
}
