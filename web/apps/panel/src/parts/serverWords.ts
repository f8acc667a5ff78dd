import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";

/** What a parameter is called; the station's own name for those that only its maker knows. */
export function useParameterWords(): (id: string, name?: string) => string {
  const { t, i18n } = useTranslation();
  return useCallback(
    (id, name) => {
      if (i18n.exists(`parameter.${id}`)) return t(`parameter.${id}`, { defaultValue: "" });
      const cut = id.lastIndexOf("-");
      const [base, place] = [id.slice(0, cut), id.slice(cut + 1)];
      if (i18n.exists(`parameter.${base}`) && i18n.exists(`location.${place}`)) {
        return `${t(`parameter.${base}`, { defaultValue: "" })} (${t(`location.${place}`, { defaultValue: "" })})`;
      }
      return name ?? id;
    },
    [t, i18n],
  );
}

/** Why a command came to nothing: each known code in words, what else the station said as it said it. */
export function useCommandErrorWords(): (error: string) => string {
  const { t, i18n } = useTranslation();
  const parameter = useParameterWords();
  return useCallback(
    (error) => {
      const word = (code: string) =>
        i18n.exists(`commandError.${code}`) ? t(`commandError.${code}`, { defaultValue: code }) : code;
      const one = (part: string) => {
        const [head = "", ...rest] = part.split(": ");
        const said = rest.join(": ");
        if (said === "") return word(head);
        return i18n.exists(`commandError.${head}`)
          ? `${word(head)} (${said})`
          : `${parameter(head)}: ${word(said)}`;
      };
      const first = error.split(": ")[0] ?? "";
      return i18n.exists(`commandError.${first}`) ? one(error) : error.split(", ").map(one).join(", ");
    },
    [t, i18n, parameter],
  );
}

/** A command's name in words; raw OCPP calls keep their own. */
export function useActionWords(): (action: string) => string {
  const { t, i18n } = useTranslation();
  return useCallback(
    (action) => {
      if (action.startsWith("ocpp.")) return action.replace("ocpp.", "OCPP ");
      return i18n.exists(`commandAction.${action}`)
        ? t(`commandAction.${action}`, { defaultValue: action })
        : action;
    },
    [t, i18n],
  );
}

export interface Detail {
  readonly name: string;
  readonly value: string;
}

/** What the server adds to a command for its own sake. */
const wire = new Set(["keys"]);

/** Names and values of a flat record, in words where we have them; what is nested is told one level deep. */
export function useDetailWords(): (details: Readonly<Record<string, unknown>>) => Detail[] {
  const { t, i18n } = useTranslation();
  const parameter = useParameterWords();
  return useMemo(() => {
    const value = (given: unknown): string => {
      if (Array.isArray(given)) return given.map(value).join(", ");
      if (given !== null && typeof given === "object") return JSON.stringify(given);
      const text = String(given ?? "—");
      const key = [`argumentValue.${text}`, `stopReason.${text}`, `status.${text}`].find((one) =>
        i18n.exists(one),
      );
      return key && !/[.:]/.test(text) ? t(key as "argumentValue.soft") : text;
    };
    const short = (text: string) => (/^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(text) ? `…${text.slice(-8)}` : text);
    const one = ([name, given]: [string, unknown]): Detail[] => {
      if ((name === "arguments" || name === "values") && given !== null && typeof given === "object") {
        return Object.entries(given).flatMap(one);
      }
      const known = i18n.exists(`argument.${name}`);
      const called = known ? t(`argument.${name}`, { defaultValue: name }) : parameter(name);
      return wire.has(name) ? [] : [{ name: called, value: short(value(given)) }];
    };
    return (details) => {
      const all = Object.entries(details).flatMap(one);
      return all.filter((detail, index) => all.findIndex((other) => other.name === detail.name) === index);
    };
  }, [t, i18n, parameter]);
}

/** A fault that a connector reports (OCPP 1.6, ChargePointErrorCode); null for none. */
export function useErrorCodeWords(): (code: string | null | undefined) => string | null {
  const { t, i18n } = useTranslation();
  return useCallback(
    (code) => {
      if (!code || code === "NoError") return null;
      return i18n.exists(`errorCode.${code}`) ? t(`errorCode.${code}`, { defaultValue: code }) : code;
    },
    [t, i18n],
  );
}
