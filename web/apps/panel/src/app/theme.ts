import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";
import { cssVariables, night, radius, slate, teal } from "@voltkeep/tokens";
import styles from "./theme.module.css";

const font = "'Inter Variable', system-ui, -apple-system, 'Segoe UI', sans-serif";

/** Mantine dressed in the tokens: one accent, borders rather than shadows, 4 px steps. */
export const theme = createTheme({
  primaryColor: "teal",
  primaryShade: 7,
  autoContrast: true,
  luminanceThreshold: 0.25,
  colors: {
    teal: teal as unknown as MantineColorsTuple,
    gray: slate as unknown as MantineColorsTuple,
    dark: night as unknown as MantineColorsTuple,
  },
  fontFamily: font,
  fontFamilyMonospace: "ui-monospace, 'Cascadia Mono', 'JetBrains Mono', Menlo, Consolas, monospace",
  headings: { fontFamily: font, fontWeight: "600" },
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.125rem" },
  spacing: { xs: "0.5rem", sm: "0.75rem", md: "1rem", lg: "1.5rem", xl: "2rem" },
  radius: { xs: "4px", sm: "6px", md: `${radius}px`, lg: `${radius}px`, xl: `${radius}px` },
  defaultRadius: "sm",
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: "xs" } },
    Tabs: { classNames: { list: styles.tabs, tab: styles.tab } },
    SegmentedControl: { classNames: { root: styles.segments, indicator: styles.segment } },
    Kbd: { classNames: { root: styles.key } },
    TextInput: { defaultProps: { size: "sm" } },
    PasswordInput: { defaultProps: { size: "sm" } },
    Select: { defaultProps: { size: "sm", comboboxProps: { shadow: "none" } } },
    Menu: { defaultProps: { shadow: "none", position: "bottom-end" } },
    Popover: { defaultProps: { shadow: "none" } },
    Modal: {
      classNames: { content: styles.dialog, title: styles.dialogTitle },
      defaultProps: { centered: true, shadow: "none", overlayProps: { backgroundOpacity: 0.4 } },
    },
    Paper: { defaultProps: { shadow: "none", withBorder: true, radius: "md" } },
    Tooltip: { defaultProps: { openDelay: 350, withArrow: false } },
    ActionIcon: { defaultProps: { variant: "subtle", color: "gray" } },
  },
});

/** The tokens as CSS custom properties of each scheme, and Mantine's own surfaces pointed at them. */
export const resolver: CSSVariablesResolver = () => ({
  variables: {},
  light: mantineSurfaces("light"),
  dark: mantineSurfaces("dark"),
});

function mantineSurfaces(scheme: "light" | "dark"): Record<string, string> {
  return {
    ...cssVariables(scheme),
    "--mantine-color-body": "var(--vk-raised)",
    "--mantine-color-text": "var(--vk-text)",
    "--mantine-color-dimmed": "var(--vk-quiet)",
    "--mantine-color-default-border": "var(--vk-strong-line)",
    "--mantine-color-placeholder": "var(--vk-quiet)",
    "--mantine-color-anchor": "var(--vk-accent)",
    "--mantine-color-error": "var(--vk-status-faulted)",
  };
}
