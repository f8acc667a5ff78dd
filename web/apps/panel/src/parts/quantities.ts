import type { Words } from "@voltkeep/words";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

interface Shown {
  readonly unit: keyof Words["unit"];
  readonly factor: number;
}

/** Units of the API as charts and tables show them: power and energy in thousands, the rest as they are. */
const shown: Readonly<Record<string, Shown>> = {
  W: { unit: "kw", factor: 1 / 1000 },
  Wh: { unit: "kwh", factor: 1 / 1000 },
  var: { unit: "kvar", factor: 1 / 1000 },
  varh: { unit: "kvarh", factor: 1 / 1000 },
  A: { unit: "a", factor: 1 },
  V: { unit: "v", factor: 1 },
  Hertz: { unit: "hz", factor: 1 },
  Celsius: { unit: "celsius", factor: 1 },
  Percent: { unit: "percent", factor: 1 },
  RPM: { unit: "rpm", factor: 1 },
  s: { unit: "s", factor: 1 },
  B: { unit: "b", factor: 1 },
};

/** Units that settings are written in: the station's number stays as it is, only the unit gets our word. */
const plain: Readonly<Record<string, keyof Words["unit"]>> = { W: "w", Wh: "wh", var: "var", varh: "varh" };

export interface Quantities {
  /** The unit in the language's own writing, and what to multiply a value with. */
  scale: (unit: string) => { unit: string; factor: number };
  /** The unit's word for a number that isn't scaled. */
  word: (unit: string) => string;
}

export function useQuantities(): Quantities {
  const { t } = useTranslation();
  return useMemo(
    () => ({
      scale: (unit) => {
        const known = shown[unit];
        return known ? { unit: t(`unit.${known.unit}`), factor: known.factor } : { unit, factor: 1 };
      },
      word: (unit) => {
        const known = plain[unit] ?? shown[unit]?.unit;
        return known ? t(`unit.${known}`) : unit;
      },
    }),
    [t],
  );
}
