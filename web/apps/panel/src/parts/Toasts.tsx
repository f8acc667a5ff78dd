import { CloseButton } from "@mantine/core";
import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { FailureWords } from "./failureWords";
import { RequestId } from "./States";
import styles from "./Toasts.module.css";

interface Toast {
  readonly id: number;
  readonly text: string;
  readonly error?: unknown;
}

interface Toaster {
  done: (text: string) => void;
  failed: (error: unknown) => void;
}

const ToastContext = createContext<Toaster>({ done: () => {}, failed: () => {} });
const most = 4;
let last = 0;

/** Short news in a polite live region; good news leaves by itself, bad news waits to be closed. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const drop = useCallback((id: number) => setToasts((all) => all.filter((one) => one.id !== id)), []);
  const add = useCallback((toast: Omit<Toast, "id">) => {
    last += 1;
    const id = last;
    setToasts((all) => [...all, { ...toast, id }].slice(-most));
    return id;
  }, []);
  const toaster = useMemo<Toaster>(
    () => ({
      done: (text) => {
        const id = add({ text });
        setTimeout(() => drop(id), 5000);
      },
      failed: (error) => add({ text: "", error }),
    }),
    [add, drop],
  );
  return (
    <ToastContext.Provider value={toaster}>
      {children}
      <section className={styles.region} aria-live="polite" aria-label={t("common.news")}>
        {toasts.map((toast) => (
          <div key={toast.id} className={styles.toast} data-kind={toast.error ? "failed" : "done"}>
            {toast.error ? <IconAlertTriangle size={16} aria-hidden /> : <IconCheck size={16} aria-hidden />}
            <div className={styles.text}>
              {toast.error ? <FailureWords error={toast.error} /> : toast.text}
              <RequestId error={toast.error} />
            </div>
            <CloseButton size="sm" aria-label={t("common.close")} onClick={() => drop(toast.id)} />
          </div>
        ))}
      </section>
    </ToastContext.Provider>
  );
}

export function useToasts(): Toaster {
  return useContext(ToastContext);
}
