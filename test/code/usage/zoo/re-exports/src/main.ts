import { logged, partials, renamed } from "./barrel.js";

logged(renamed({ id: "u_1" }));
logged(partials.cart({ total: 1 }));
