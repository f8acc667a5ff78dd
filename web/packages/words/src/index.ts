import i18next, { type i18n } from "i18next";
import { initReactI18next } from "react-i18next";
import english from "./locales/en.json";
import englishParameters from "./locales/en.parameters.json";
import englishServer from "./locales/en.server.json";

export { type Formats, formatsFor, type Units } from "./format";

/** Languages that are complete; each names itself. */
export const languages = { en: "English", uk: "Українська" } as const;
export type Language = keyof typeof languages;

/** What the screens say, what the server's codes mean, and what parameters are called. */
const en = { ...english, ...englishServer, ...englishParameters };
export type Words = typeof en;

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: { translation: Words };
  }
}

/** The first of the wishes that we speak, else English. */
export function languageFor(wishes: readonly (string | null | undefined)[]): Language {
  for (const wish of wishes) {
    const short = wish?.toLowerCase().split("-")[0];
    if (short === "en" || short === "uk") return short;
  }
  return "en";
}

/** Words ready to use; languages other than English load when they are first wanted. */
export async function createWords(language: Language): Promise<i18n> {
  const words = i18next.createInstance();
  await words.use(initReactI18next).init({
    lng: "en",
    fallbackLng: "en",
    resources: { en: { translation: en } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  await speak(words, language);
  return words;
}

/** Switch the language, also of the document, so that screen readers pronounce it. */
export async function speak(words: i18n, language: Language): Promise<void> {
  if (language === "uk" && !words.hasResourceBundle("uk", "translation")) {
    const parts = await Promise.all([
      import("./locales/uk.json"),
      import("./locales/uk.server.json"),
      import("./locales/uk.parameters.json"),
    ]);
    for (const part of parts) words.addResourceBundle("uk", "translation", part.default, true);
  }
  await words.changeLanguage(language);
  document.documentElement.lang = language;
}
