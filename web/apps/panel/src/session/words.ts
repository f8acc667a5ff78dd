import { useCallback } from "react";
import { useTranslation } from "react-i18next";

/** Why a session stopped, in words where we have them, else the station's own code. */
export function useReasonWords(): (code: string | null) => string {
  const { t } = useTranslation();
  return useCallback((code) => (code ? t(`stopReason.${code}`, { defaultValue: code }) : "—"), [t]);
}
