// Light, dark, or like the device.

import { useEffect } from "react";
import { useStored } from "../desk/stored";

const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

export function useTheme(): [Theme, (theme: Theme) => void] {
  return useStored("theme", THEMES, "system");
}

/** Puts the theme on the page; call it once. */
export function useThemeOnPage(): void {
  const [theme] = useTheme();
  useEffect(() => {
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [theme]);
}
