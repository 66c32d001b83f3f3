import type { Celsius } from "./types/units.js";

/**
 * What a device reported.
 *
 * Sent every minute, and at once when a limit is passed.
 *
 * @owner devices
 * @since 2024-03
 * @see https://example.com/devices The handbook
 */
export interface Reading {
  /**
   * Serial number.
   * @pattern ^[A-Z]{2}-[0-9]{6}$
   * @example AB-123456
   * @example "CD-000001"
   */
  serial: string;
  /** Temperature of the housing. */
  housing: Celsius;
  /**
   * Charge of the battery.
   * @minimum 0
   * @maximum 100
   * @unit %
   */
  battery: number;
  /**
   * Restarts since it was built.
   * @asType integer
   * @minimum 0
   * @default 0
   */
  restarts?: number;
  /**
   * Where it stands.
   * @format uri
   */
  page?: string;
  /**
   * Firmware that runs. This line goes on and on, and on, until it is much longer than any brief of a field may be here.
   * @remarks Devices before 2.0 report nothing.
   */
  firmware?: string;
  /** @format email */
  contact?: string;
  /**
   * Samples per channel.
   * @minItems 1
   * @maxItems 16
   */
  samples: number[];
  counters: Record<number, number>;
  /** @experimental */
  labels: { [label: `x-${string}`]: string };
  /**
   * State of the radio.
   * @example "idle"
   * @example radio.state()
   * @internal
   * @author someone
   */
  radio: "idle" | "sending";
  /** @deprecated Use housing,
   *  which is in degrees. */
  temp?: number;
}

export interface Registry {
  reading: Reading;
}
