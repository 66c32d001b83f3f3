/**
 * Degrees.
 * @minimum -273.15
 */
export type Celsius = number;
