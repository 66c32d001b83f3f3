import { cart } from "./wevt/index.js";

export default cart;
