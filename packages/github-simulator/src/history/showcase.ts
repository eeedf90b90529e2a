/** stub */
import type { Play } from "./play.ts";
import type { Process } from "./schedule.ts";

export function* showcase(_play: Play): Process {}
