import { start } from "./bundle/index.js";

await start("train-post");
