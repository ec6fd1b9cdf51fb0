// Entry of the view: puts the panel into the page and joins it with the extension.
import "./locale.ts";
import "./main.css";
import "./charts/charts.css";
import "./tabs/alerts.css";
import "./tabs/metrics.css";
import { onMessage, send } from "./host.ts";
import { onThemeChange } from "./theme.ts";
import { View } from "./view.ts";

const view = new View();
document.getElementById("root")?.append(view.element);
onMessage((message) => view.receive(message));
onThemeChange(() => view.restyle());
setInterval(() => view.drawSoon(), 1000);
send({ type: "ready" });
