export interface Person {
  id: string;
  /** As the person wants to be called. */
  displayName?: string;
  role: Role;
}

/** What somebody may do. */
export type Role = "viewer" | "editor" | "owner";
