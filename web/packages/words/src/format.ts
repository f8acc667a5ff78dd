/** Numbers, times and spans as a language writes them. Units come from the locale files, since kW is кВт in Ukrainian. */

export interface Units {
  readonly w: string;
  readonly kw: string;
  readonly wh: string;
  readonly kwh: string;
  readonly mwh: string;
}

export interface Formats {
  count(value: number): string;
  decimal(value: number, digits: number): string;
  /** 0.873 → "87 %". */
  share(value: number): string;
  percent(value: number): string;
  /** Watts in; "850 W" or "7.36 kW". */
  power(watts: number): string;
  /** Watt-hours in; "640 Wh", "12.4 kWh" or "1.28 MWh". */
  energy(wattHours: number): string;
  /** A measured value with whatever unit the parameter has. */
  measure(value: number, unit: string): string;
  exact(at: Date): string;
  day(at: Date): string;
  clock(at: Date): string;
  /** Hour and minute, for the axis of a day. */
  minute(at: Date): string;
  /** Day and month, for the axis of a week. */
  shortDay(at: Date): string;
  relative(at: Date, now: Date): string;
  /** Seconds in; "1 h 05 min". */
  span(seconds: number): string;
}

/** `zone` is an IANA name; without it the device's own zone is used. */
export function formatsFor(language: string, units: Units, zone?: string): Formats {
  const decimals = [0, 1, 2, 3].map((digits) => fixed(language, digits));
  const decimal = (value: number, digits: number) =>
    (decimals[digits] ?? fixed(language, digits)).format(value);
  const count = new Intl.NumberFormat(language);
  const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 });
  const fine = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
  const coarse = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const measured = (value: number) => (Math.abs(value) < 100 ? fine : coarse).format(value);
  const exact = new Intl.DateTimeFormat(language, {
    dateStyle: "medium",
    timeStyle: "medium",
    timeZone: zone,
  });
  const day = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: zone });
  const clock = new Intl.DateTimeFormat(language, { timeStyle: "medium", timeZone: zone });
  const minute = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", timeZone: zone });
  const shortDay = new Intl.DateTimeFormat(language, { day: "numeric", month: "short", timeZone: zone });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "short" });
  return {
    count: (value) => count.format(value),
    decimal,
    share: (value) => percent.format(value),
    percent: (value) => percent.format(value / 100),
    power: (watts) =>
      Math.abs(watts) < 1000
        ? `${decimal(watts, 0)} ${units.w}`
        : `${decimal(watts / 1000, places(watts / 1000))} ${units.kw}`,
    energy: (wattHours) => energy(wattHours, units, decimal),
    measure: (value, unit) =>
      unit === "%" ? percent.format(value / 100) : `${measured(value)}${unit ? ` ${unit}` : ""}`,
    exact: (at) => exact.format(at),
    day: (at) => day.format(at),
    clock: (at) => clock.format(at),
    minute: (at) => minute.format(at),
    shortDay: (at) => shortDay.format(at),
    relative: (at, now) => relativeTo(relative, at, now),
    span: (seconds) => spanOf(language, seconds),
  };
}

function fixed(language: string, digits: number): Intl.NumberFormat {
  return new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** Three significant figures at most: 7.36 kW, 22.1 kW, 150 kW. */
function places(value: number): number {
  const size = Math.abs(value);
  if (size < 10) return 2;
  return size < 100 ? 1 : 0;
}

function energy(wh: number, units: Units, decimal: (value: number, digits: number) => string): string {
  const size = Math.abs(wh);
  if (size < 1000) return `${decimal(wh, 0)} ${units.wh}`;
  if (size < 1_000_000) return `${decimal(wh / 1000, places(wh / 1000))} ${units.kwh}`;
  return `${decimal(wh / 1_000_000, places(wh / 1_000_000))} ${units.mwh}`;
}

const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

function relativeTo(format: Intl.RelativeTimeFormat, at: Date, now: Date): string {
  const seconds = Math.round((at.getTime() - now.getTime()) / 1000);
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
  }
  return format.format(seconds, "second");
}

function spanOf(language: string, seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const part = (value: number, unit: "day" | "hour" | "minute" | "second") =>
    new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "short" }).format(value);
  const days = Math.floor(whole / 86_400);
  const hours = Math.floor((whole % 86_400) / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  if (days > 0) return `${part(days, "day")} ${part(hours, "hour")}`;
  if (hours > 0) return `${part(hours, "hour")} ${part(minutes, "minute")}`;
  if (minutes > 0) return `${part(minutes, "minute")} ${part(whole % 60, "second")}`;
  return part(whole, "second");
}
