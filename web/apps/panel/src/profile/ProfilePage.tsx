import { Button, Group, PasswordInput, Select, Stack, TextInput } from "@mantine/core";
import { type Language, languageFor, languages } from "@voltkeep/words";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSpeak } from "../app/Preferences";
import { useChangePassword, useEditMe, useMe } from "../data/me";
import { FormFault } from "../parts/Confirm";
import page from "../parts/Page.module.css";
import { PageHead } from "../parts/PageHead";
import { Panel } from "../parts/Panel";
import { Loaded } from "../parts/States";
import { useToasts } from "../parts/Toasts";

/** One's own name, language and password. */
export function ProfilePage() {
  const { t } = useTranslation();
  const me = useMe();
  return (
    <>
      <PageHead title={t("nav.profile")} />
      <Loaded query={me}>
        {(person) => (
          <div className={`${page.body} ${page.narrow}`}>
            <AboutMe key={person.id} name={person.name} email={person.email} locale={person.locale} />
            <NewPassword />
          </div>
        )}
      </Loaded>
    </>
  );
}

function AboutMe({ name, email, locale }: { name: string; email: string | null; locale: string | null }) {
  const { t, i18n } = useTranslation();
  const toasts = useToasts();
  const edit = useEditMe();
  const choose = useSpeak();
  const [newName, setNewName] = useState(name);
  const [language, setLanguage] = useState<Language>(languageFor([locale, i18n.language]));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    edit.mutate(
      { name: newName, locale: language },
      {
        onSuccess: () => {
          choose(language);
          toasts.done(t("profile.saved"));
        },
      },
    );
  };
  return (
    <Panel title={t("profile.about")}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label={t("profile.name")}
            value={newName}
            onChange={(event) => setNewName(event.currentTarget.value)}
            required
            withAsterisk={false}
            maxLength={200}
            autoComplete="name"
          />
          <TextInput label={t("profile.email")} value={email ?? ""} readOnly variant="filled" />
          <Select
            label={t("shell.language")}
            value={language}
            onChange={(value) => setLanguage(languageFor([value]))}
            data={Object.entries(languages).map(([value, label]) => ({ value, label }))}
            allowDeselect={false}
          />
          {edit.isError && <FormFault error={edit.error} />}
          <Group>
            <Button type="submit" loading={edit.isPending}>
              {t("common.save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}

function NewPassword() {
  const { t } = useTranslation();
  const toasts = useToasts();
  const change = useChangePassword();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const given = new FormData(form);
    change.mutate(
      { current: String(given.get("current")), new: String(given.get("new")) },
      {
        onSuccess: () => {
          form.reset();
          toasts.done(t("profile.passwordChanged"));
        },
      },
    );
  };
  const eye = { "aria-label": t("signIn.showPassword") };
  return (
    <Panel title={t("profile.password")}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <PasswordInput
            name="current"
            label={t("profile.currentPassword")}
            autoComplete="current-password"
            required
            withAsterisk={false}
            visibilityToggleButtonProps={eye}
          />
          <PasswordInput
            name="new"
            label={t("profile.newPassword")}
            description={t("profile.passwordHint")}
            autoComplete="new-password"
            required
            withAsterisk={false}
            visibilityToggleButtonProps={eye}
          />
          {change.isError && <FormFault error={change.error} />}
          <Group>
            <Button type="submit" variant="default" loading={change.isPending}>
              {t("profile.changePassword")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}
