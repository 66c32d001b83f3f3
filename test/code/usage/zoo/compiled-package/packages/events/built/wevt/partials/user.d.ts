import type { PartialBuilder } from "wevt/codegen";
export interface User {
  id: string;
  tier?: "free" | "pro" | undefined;
}
export type UserInput = User;
export declare const user: PartialBuilder<"user", User, UserInput>;
