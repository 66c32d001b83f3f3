import { wevt } from "./telemetry.js";
import { user, type Registry, type UserInput } from "./wevt/index.js";

export function logUser(fields: UserInput): void {
  wevt.log(user(fields));
}
export function track(id: string, max?: number): void {
  logUser({ id, limits: { max } });
}
export function write<N extends "user" | "cart">(name: N, fields: Registry["inputs"][N]): void {
  wevt.set({ [name]: fields });
}
export const writeUser = ({ account: { ...rest } }: { account: UserInput }): void => logUser({ ...rest });
export function writeAll(fields: Parameters<typeof wevt.set>[0] = {}): void {
  wevt.set(fields);
}
