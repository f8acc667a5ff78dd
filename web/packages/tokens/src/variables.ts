import { surfaces } from "./colours";
import { statusLook } from "./status";

/** Every colour as a CSS custom property of one scheme, `--vk-line`, `--vk-status-charging` and so on. */
export function cssVariables(scheme: "light" | "dark"): Record<string, string> {
  const out: Record<string, string> = {};
  for (const [name, colour] of Object.entries(surfaces)) {
    const kebab = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    out[`--vk-${kebab}`] = colour[scheme];
  }
  for (const [name, look] of Object.entries(statusLook)) out[`--vk-status-${name}`] = look.colour[scheme];
  return out;
}
