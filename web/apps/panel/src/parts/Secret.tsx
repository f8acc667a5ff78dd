import { Button, Group, Stack } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Copy } from "./Copy";
import styles from "./Secret.module.css";

interface SecretProps {
  /** Null when the answer was a repeat: what was shown once isn't shown again. */
  secret: string | null | undefined;
  hint: string;
  onClose: () => void;
}

/** A secret that is shown this one time. */
export function Secret({ secret, hint, onClose }: SecretProps) {
  const { t } = useTranslation();
  return (
    <Stack gap="md">
      <p className={styles.hint}>
        <IconAlertTriangle size={16} aria-hidden />
        {hint}
      </p>
      {secret ? <Copy text={secret} strong /> : <p>{t("common.shownBefore")}</p>}
      <Group justify="flex-end">
        <Button onClick={onClose}>{t("common.done")}</Button>
      </Group>
    </Stack>
  );
}
