// Under the person's initials: language, appearance, sound, notifications, password, sign-out.

import type { MeView } from "@baton/client/wire";
import { Bell, BellOff, Keyboard, KeyRound, LogOut, Volume2, VolumeX } from "lucide-react";
import { UNDO_SECONDS } from "../desk/held";
import { useStored } from "../desk/stored";
import { useNotificationPermission } from "../offer/use-alert";
import { Initials } from "../parts/marks";
import { Menu, MenuChoice, MenuItem, MenuLine, MenuText } from "../parts/menu";
import { type Language, languages, useLanguage, useWords } from "../words/words";
import { roleName } from "./sign-in";
import { useTheme } from "./theme";

type Props = {
  me: MeView;
  muted: boolean;
  onMute: () => void;
  onLanguage: (language: Language) => void;
  onShortcuts: () => void;
  onPassword: () => void;
  onSignOut: () => void;
};

export function AccountMenu(props: Props) {
  const { me, muted } = props;
  const words = useWords();
  const language = useLanguage();
  const [theme, setTheme] = useTheme();
  const [undo, setUndo] = useStored("undo", UNDO_SECONDS, "0");
  const [permission, ask] = useNotificationPermission();
  const icon = "size-4 text-faint";
  return (
    <Menu
      side="top"
      trigger={
        <button
          type="button"
          aria-label={`${words.nav.account}: ${me.name}`}
          className="grid size-10 place-items-center rounded-full"
        >
          <Initials name={me.name} />
        </button>
      }
    >
      <MenuText>
        <span className="min-w-0">
          <span className="block font-medium text-ink">{me.name}</span>
          <span className="block text-xs">
            {roleName(me.role, words.account.roles)} · {me.organisation}
          </span>
        </span>
      </MenuText>
      <MenuLine />
      <MenuItem
        icon={muted ? <VolumeX aria-hidden="true" className={icon} /> : <Volume2 aria-hidden="true" className={icon} />}
        onSelect={props.onMute}
      >
        {muted ? words.account.unmute : words.account.mute}
      </MenuItem>
      {permission === "default" && (
        <MenuItem icon={<Bell aria-hidden="true" className={icon} />} onSelect={ask}>
          {words.account.allowNotifications}
        </MenuItem>
      )}
      {permission === "granted" && (
        <MenuText>
          <Bell aria-hidden="true" className={icon} />
          {words.account.notificationsOn}
        </MenuText>
      )}
      {permission === "denied" && (
        <MenuText>
          <BellOff aria-hidden="true" className="size-4 shrink-0" />
          {words.account.notificationsBlocked}
        </MenuText>
      )}
      <MenuItem icon={<Keyboard aria-hidden="true" className={icon} />} onSelect={props.onShortcuts}>
        {words.account.shortcuts}
      </MenuItem>
      <MenuLine />
      <MenuChoice
        label={words.account.language}
        value={language}
        options={(Object.keys(languages) as Language[]).map((value) => ({ value, name: languages[value].name }))}
        onChange={props.onLanguage}
      />
      <MenuChoice
        label={words.account.theme}
        value={theme}
        options={(["system", "light", "dark"] as const).map((value) => ({ value, name: words.account.themes[value] }))}
        onChange={setTheme}
      />
      <MenuChoice
        label={words.undo.title}
        value={undo}
        options={UNDO_SECONDS.map((value) => ({ value, name: words.undo.seconds(value) }))}
        onChange={setUndo}
      />
      <MenuLine />
      <MenuItem icon={<KeyRound aria-hidden="true" className={icon} />} onSelect={props.onPassword}>
        {words.account.changePassword}
      </MenuItem>
      <MenuItem icon={<LogOut aria-hidden="true" className={icon} />} onSelect={props.onSignOut}>
        {words.account.signOut}
      </MenuItem>
    </Menu>
  );
}

/** Whether the ring is silent, in all tabs. */
export function useMuted(): [boolean, () => void] {
  const [sound, setSound] = useStored("sound", ["on", "off"] as const, "on");
  return [sound === "off", () => setSound(sound === "on" ? "off" : "on")];
}
