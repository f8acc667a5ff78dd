import { ApiFailure } from "@voltkeep/api";
import type { i18n, TFunction } from "i18next";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useParameterWords } from "./serverWords";

/** One sentence for a failed act. */
export function FailureWords({ error }: { error: unknown }) {
  const words = useFailureWords();
  return <>{words(error)}</>;
}

/** Our words for the failure's code, filled with its facts; what the server said where its code is new to us. */
export function useFailureWords(): (error: unknown) => string {
  const { t, i18n } = useTranslation();
  const parameter = useParameterWords();
  return useCallback(
    (error) => {
      if (!(error instanceof ApiFailure)) return error instanceof Error ? error.message : String(error);
      if (error.kind === "unreachable") return t("state.awayHint");
      const field = fieldWords(error, t, i18n, parameter);
      if (field) return field;
      const because = `readOnlyBecause.${String(error.facts.reason)}`;
      if (error.code === "parameter-read-only" && i18n.exists(because))
        return t(because as "readOnlyBecause.profile");
      const key = `fault.${error.code}`;
      if (!i18n.exists(key) && error.kind === "unavailable") return t("state.awayHint");
      if (!i18n.exists(key)) return error.message || t("fault.refused");
      return t(key as "fault.refused", {
        ...worded(error.facts, t, i18n),
        permission: error.permission ?? "?",
      });
    },
    [t, i18n, parameter],
  );
}

/** What is wrong with the one field that the server names. */
function fieldWords(
  error: ApiFailure,
  t: TFunction,
  i18n: i18n,
  parameter: (id: string) => string,
): string | null {
  if (error.code !== "invalid" && error.code !== "invalid-arguments") return null;
  const path = error.fields[0]?.field ?? error.field;
  if (!path) return null;
  const [, setting] = /^arguments\.values\.(.+)$/.exec(path) ?? [];
  if (setting) return `${parameter(setting)}: ${t("faultField.values")}`;
  const field = path.split(".").at(-1) ?? path;
  return i18n.exists(`faultField.${field}`)
    ? t(`faultField.${field}` as "faultField.other", { field })
    : t("faultField.other", { field });
}

const vocabularies = ["admission", "authorization", "status"] as const;

/** The facts of a problem with codes among them in words: states of stations, tokens and connectors. */
function worded(facts: Readonly<Record<string, unknown>>, t: TFunction, i18n: i18n): Record<string, string> {
  const word = (value: unknown): string => {
    if (Array.isArray(value)) return value.map(word).join(", ");
    const key = vocabularies.map((one) => `${one}.${String(value)}`).find((one) => i18n.exists(one));
    return key ? t(key as "status.available") : String(value ?? "—");
  };
  const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [
      name,
      ["admission", "status", "statuses"].includes(name) ? lower(word(value)) : String(value ?? "—"),
    ]),
  );
}
