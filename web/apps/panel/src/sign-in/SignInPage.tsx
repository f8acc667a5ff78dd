import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter, useSearch } from "@tanstack/react-router";
import { ApiFailure } from "@voltkeep/api";
import { type FormEvent, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { LanguageMenu, SchemeMenu } from "../app/Preferences";
import { signIn } from "../data/me";
import { useFailureWords } from "../parts/failureWords";
import { useTitle } from "../parts/formats";
import { RequestId } from "../parts/States";
import styles from "./SignInPage.module.css";

/** E-mail and password; says plainly what was wrong and how long to wait. */
export function SignInPage() {
  const { t } = useTranslation();
  const { next } = useSearch({ from: "/sign-in" });
  const router = useRouter();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const wait = useCountdown(error instanceof ApiFailure ? error.retryAfterS : null);
  useTitle(t("signIn.title"));

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setError(null);
    try {
      await signIn(client, String(form.get("email")), String(form.get("password")));
      router.history.push(next ?? "/");
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <main className={styles.page}>
      <div className={styles.tools}>
        <LanguageMenu />
        <SchemeMenu />
      </div>
      <div className={styles.card}>
        <img src="/mark.svg" alt="" width={40} height={40} />
        <h1 className={styles.title}>{t("signIn.title")}</h1>
        <p className={styles.hint}>{next ? t("signIn.expired") : t("signIn.hint")}</p>
        <form onSubmit={submit}>
          <Stack gap="sm">
            <TextInput
              name="email"
              type="email"
              label={t("signIn.email")}
              autoComplete="username"
              required
              withAsterisk={false}
              size="md"
            />
            <PasswordInput
              name="password"
              label={t("signIn.password")}
              autoComplete="current-password"
              required
              withAsterisk={false}
              size="md"
              visibilityToggleButtonProps={{ "aria-label": t("signIn.showPassword") }}
            />
            {error !== null && <SignInFault error={error} wait={wait} />}
            <Button type="submit" size="md" loading={busy} disabled={wait > 0} fullWidth mt={4}>
              {t("signIn.submit")}
            </Button>
          </Stack>
        </form>
      </div>
    </main>
  );
}

function SignInFault({ error, wait }: { error: unknown; wait: number }) {
  const { t } = useTranslation();
  const words = useFailureWords();
  const kind = error instanceof ApiFailure ? error.kind : "broken";
  const text = () => {
    if (kind === "signed-out") return t("signIn.wrong");
    if (kind === "too-many") return wait > 0 ? t("signIn.wait", { count: wait }) : t("signIn.again");
    return words(error);
  };
  return (
    <div role="alert" className={styles.fault}>
      {text()}
      {kind === "broken" && <RequestId error={error} />}
    </div>
  );
}

/** Whole seconds left, from `seconds` down to 0. */
function useCountdown(seconds: number | null): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    setLeft(seconds ?? 0);
    if (!seconds) return;
    const timer = setInterval(() => setLeft((now) => Math.max(0, now - 1)), 1000);
    return () => clearInterval(timer);
  }, [seconds]);
  return left;
}
