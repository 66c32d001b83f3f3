export interface Request {
  readonly url: string;
}
export function serve(handler: (request: Request) => void): void {
  handler({ url: "/" } as Request);
}
