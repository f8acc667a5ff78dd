import { Button, Group, Modal, Stack } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./Confirm.module.css";
import { FailureWords } from "./failureWords";

interface ConfirmProps {
  title: string;
  /** What will happen, and to what. */
  children: ReactNode;
  verb: string;
  danger?: boolean;
  onClose: () => void;
  /** Resolves when it's done; a failure is shown in the dialog, which stays. */
  act: () => Promise<unknown>;
}

/** Says what will happen before it happens, then shows it happening. */
export function Confirm({ title, children, verb, danger = false, onClose, act }: ConfirmProps) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const run = async () => {
    setBusy(true);
    setError(null);
    try {
      await act();
      onClose();
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size="md"
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <Stack gap="md">
        <div className={styles.text}>{children}</div>
        {error !== null && <FormFault error={error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} disabled={busy}>
            {t("common.cancel")}
          </Button>
          <Button
            color={danger ? "red.8" : undefined}
            onClick={run}
            loading={busy}
            data-autofocus={!danger || undefined}
          >
            {verb}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** Why a form wasn't taken, announced at once. */
export function FormFault({ error }: { error: unknown }) {
  return (
    <div role="alert" className={styles.fault}>
      <FailureWords error={error} />
    </div>
  );
}
