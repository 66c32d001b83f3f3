import { user, wevt, type UserInput } from "@acme/events";

export function track(fields: UserInput): void {
  wevt.log(user(fields));
}
