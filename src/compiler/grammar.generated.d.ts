/** One mistake as ajv tells it. */
export interface ValueError {
  readonly keyword: string;
  /** JSON pointer into the value. */
  readonly instancePath: string;
  readonly params: { readonly [name: string]: unknown };
}
/** True when the value is right; otherwise `errors` holds the first mistake last. */
export interface Validator {
  (data: unknown): boolean;
  readonly errors?: readonly ValueError[] | null;
}
/** By keyword, without `x-`. */
export declare const values: { readonly [keyword: string]: Validator };
/** By key of the config. */
export declare const configValues: { readonly [key: string]: Validator };
