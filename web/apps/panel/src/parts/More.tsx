import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";

/** A button for the next page of a short list. */
export function More({ pages }: { pages: { hasMore: boolean; loadingMore: boolean; loadMore: () => void } }) {
  const { t } = useTranslation();
  if (!pages.hasMore) return null;
  return (
    <div style={{ padding: "8px 16px" }}>
      <Button variant="default" loading={pages.loadingMore} onClick={pages.loadMore}>
        {t("common.more")}
      </Button>
    </div>
  );
}
