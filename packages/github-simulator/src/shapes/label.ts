import type { Label } from "../world/entities.ts";
import { type Json, once, repoApi, type Shaping } from "./shaping.ts";

export function toLabel(s: Shaping, label: Label): Json {
  return once(s, "label", label, () => ({
    id: label.id,
    node_id: s.nodeId("Label", label.repository.id, label.id),
    url: `${repoApi(s, label.repository)}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    color: label.color,
    default: label.isDefault,
    description: label.description,
  }));
}
