import { ActionIcon, Burger, Drawer, Kbd, UnstyledButton } from "@mantine/core";
import { useDisclosure, useHotkeys } from "@mantine/hooks";
import { IconLogout, IconSearch } from "@tabler/icons-react";
import { Link, Outlet } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe, useSignOut } from "../data/me";
import { LiveProvider } from "../live/LiveProvider";
import { LiveBadge } from "./LiveBadge";
import { Palette } from "./Palette";
import { LanguageMenu, SchemeMenu } from "./Preferences";
import { menu } from "./pages";
import styles from "./Shell.module.css";

/** The frame of every page for people who are signed in. */
export function Shell() {
  const { t } = useTranslation();
  const [drawer, drawerIs] = useDisclosure(false);
  const [palette, paletteIs] = useDisclosure(false);
  useHotkeys([["mod+K", paletteIs.open]], []);
  return (
    <LiveProvider>
      <a href="#main" className={styles.skip}>
        {t("shell.skip")}
      </a>
      <div className={styles.frame}>
        <aside className={styles.side}>
          <Brand />
          <Menu />
          <Who />
        </aside>
        <div className={styles.column}>
          <div className={styles.bar}>
            <Burger
              className={styles.burger}
              size="sm"
              opened={drawer}
              onClick={drawerIs.open}
              aria-label={t("shell.openMenu")}
            />
            <UnstyledButton className={styles.search} onClick={paletteIs.open}>
              <IconSearch size={16} aria-hidden />
              <span className={styles.searchText}>{t("palette.open")}</span>
              <Kbd size="xs" className={styles.kbd}>
                {t("palette.keys")}
              </Kbd>
            </UnstyledButton>
            <div className={styles.tools}>
              <LiveBadge />
              <LanguageMenu />
              <SchemeMenu />
            </div>
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard (WCAG 2.1.1) */}
          <main id="main" className={styles.main} tabIndex={0}>
            <Outlet />
          </main>
        </div>
      </div>
      <Drawer
        opened={drawer}
        onClose={drawerIs.close}
        size={264}
        title={<Brand />}
        closeButtonProps={{ "aria-label": t("common.close") }}
      >
        <Menu onChoose={drawerIs.close} />
        <Who />
      </Drawer>
      {palette && <Palette onClose={paletteIs.close} />}
    </LiveProvider>
  );
}

function Brand() {
  return (
    <div className={styles.brand}>
      <img src="/mark.svg" alt="" width={24} height={24} />
      <span translate="no">{brandName}</span>
    </div>
  );
}

const brandName = "Voltkeep";

function Menu({ onChoose }: { onChoose?: () => void }) {
  const { t } = useTranslation();
  return (
    <nav aria-label={t("shell.menu")} className={styles.menu}>
      {menu.map((group) => (
        <div key={group.key} className={styles.group}>
          <div className={styles.groupName} id={`group-${group.key}`}>
            {t(`nav.${group.key}`)}
          </div>
          <ul aria-labelledby={`group-${group.key}`}>
            {group.pages.map((page) => (
              <li key={page.key}>
                <Link
                  to={page.to}
                  className={styles.item}
                  activeProps={{ "data-active": true, "aria-current": "page" }}
                  activeOptions={{ exact: page.to === "/", includeSearch: false }}
                  onClick={onChoose}
                >
                  <page.icon size={18} stroke={1.75} aria-hidden />
                  {t(`nav.${page.key}`)}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

function Who() {
  const { t } = useTranslation();
  const me = useMe();
  const signOut = useSignOut();
  return (
    <div className={styles.who}>
      <Link to="/profile" className={styles.person}>
        <span className={styles.name}>{me.data?.name}</span>
        <span className={styles.organisation}>{me.data?.organisation?.name}</span>
      </Link>
      <ActionIcon
        aria-label={t("shell.signOut")}
        onClick={() => signOut.mutate()}
        loading={signOut.isPending}
      >
        <IconLogout size={18} stroke={1.75} />
      </ActionIcon>
    </div>
  );
}
