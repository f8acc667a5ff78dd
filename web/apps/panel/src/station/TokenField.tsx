import { Combobox, TextInput, useCombobox } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type TokenChoice, tokenChoices } from "../data/tokens";

/** Finds a token among any number of them; the server searches while one types. `onChoose` gets "" for none. */
export function TokenField({ chosen, onChoose }: { chosen: string; onChoose: (uid: string) => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const store = useCombobox({ onDropdownClose: () => store.resetSelectedOption() });
  const [typed, setTyped] = useState("");
  const [wanted] = useDebouncedValue(typed, 200);
  const found = useQuery(tokenChoices(wanted));
  const choices = found.data ?? [];
  const settled = wanted === typed && !found.isFetching;
  const latest = useRef(typed);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the first option is marked anew whenever the list is another
  useEffect(() => {
    if (store.dropdownOpened && typed !== "") store.selectFirstOption();
  }, [found.data]);

  const type = (text: string) => {
    latest.current = text;
    setTyped(text);
    onChoose("");
    store.openDropdown();
  };
  const choose = (choice: TokenChoice | undefined) => {
    if (!choice) return;
    latest.current = choice.label;
    setTyped(choice.label);
    onChoose(choice.uid);
    store.closeDropdown();
  };
  // Enter before the list has followed the typing: the first match of what is typed, not of what was shown.
  const hurry = async (text: string) => {
    const [first] = await client.fetchQuery(tokenChoices(text)).catch(() => []);
    if (latest.current === text) choose(first);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || chosen !== "" || typed === "" || settled) return;
    event.preventDefault();
    store.resetSelectedOption();
    void hurry(typed);
  };
  return (
    <Combobox
      store={store}
      shadow="none"
      onOptionSubmit={(uid) => choose(choices.find((one) => one.uid === uid))}
    >
      <Combobox.Target withExpandedAttribute>
        <TextInput
          data-autofocus
          label={t("station.chooseToken")}
          placeholder={t("station.chooseTokenHint")}
          value={typed}
          maxLength={100}
          onChange={(event) => type(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          onClick={() => store.openDropdown()}
          onBlur={() => store.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options mah={240} style={{ overflowY: "auto" }} aria-label={t("station.chooseToken")}>
          {choices.map(({ uid, label }) => (
            <Combobox.Option key={uid} value={uid} active={uid === chosen}>
              {label}
            </Combobox.Option>
          ))}
          {choices.length === 0 && (
            <Combobox.Empty>{settled ? t("state.noResults") : t("state.loading")}</Combobox.Empty>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
