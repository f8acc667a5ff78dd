import { ActionIcon, type MantineColorScheme, Menu, useMantineColorScheme } from "@mantine/core";
import { IconCheck, IconDeviceDesktop, IconLanguage, IconMoon, IconSun } from "@tabler/icons-react";
import { type Language, languageFor, languages, speak } from "@voltkeep/words";
import { useTranslation } from "react-i18next";

const schemes = [
  ["light", IconSun],
  ["dark", IconMoon],
  ["auto", IconDeviceDesktop],
] as const satisfies readonly (readonly [MantineColorScheme, typeof IconSun])[];

/** Light, dark, or as the system wishes. */
export function SchemeMenu() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Icon = schemes.find(([scheme]) => scheme === colorScheme)?.[1] ?? IconDeviceDesktop;
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon size="lg" aria-label={t("shell.scheme")}>
          <Icon size={18} stroke={1.75} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {schemes.map(([scheme, SchemeIcon]) => (
          <Menu.Item
            key={scheme}
            leftSection={<SchemeIcon size={16} />}
            rightSection={scheme === colorScheme ? <IconCheck size={14} /> : null}
            onClick={() => setColorScheme(scheme)}
          >
            {t(`shell.schemes.${scheme}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

const languageKey = "voltkeep-language";

/** The language chosen on this device, else the browser's. */
export function storedLanguage(): Language {
  return languageFor([localStorage.getItem(languageKey), ...navigator.languages]);
}

/** Use a language from now on, on this device. */
export function useSpeak(): (language: Language) => void {
  const { i18n } = useTranslation();
  return (language) => {
    localStorage.setItem(languageKey, language);
    void speak(i18n, language);
  };
}

export function LanguageMenu() {
  const { t, i18n } = useTranslation();
  const choose = useSpeak();
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon size="lg" aria-label={t("shell.language")}>
          <IconLanguage size={18} stroke={1.75} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {(Object.keys(languages) as Language[]).map((language) => (
          <Menu.Item
            key={language}
            lang={language}
            rightSection={i18n.language === language ? <IconCheck size={14} /> : null}
            onClick={() => choose(language)}
          >
            {languages[language]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
