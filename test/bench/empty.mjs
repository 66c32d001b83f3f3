// What Node itself costs.
export {};
